import BSON
import MessageRecords
import MongoDB
import Primitives

extension Messages {
    /// A condition for each conversation is exact, but costs the server more than to read some exceptions beside it:
    /// from how many conversations on these are tried first, and how many of them.
    private static let (many, mostBeside) = (10, 100)

    /// The messages that do not count as unread, of those in the stretches: of certain senders, deleted ones, hidden
    /// ones.
    func uncounted(
        _ stretches: [Stretch], _ hidden: Set<StoredMessage.Place>
    ) throws(MongoError) -> Set<StoredMessage.Place> {
        let known = Dictionary(stretches.map { ($0.view.id, $0) }, uniquingKeysWith: { first, _ in first })
        let sent = try sent(stretches).filter { message in
            known[message.place.conversation]?.view.uncounted.contains(message.sender) ?? false
        }
        let found = try sent.map(\.place) + deletedPlaces(stretches) + hidden
        return Set(found.filter { known[$0.conversation]?.contains($0) ?? false })
    }

    /// What was sent by those who do not count in one of the stretches, and perhaps more of theirs beside that.
    private func sent(_ stretches: [Stretch]) throws(MongoError) -> [(place: StoredMessage.Place, sender: UniqueID)] {
        let senders = Set(stretches.flatMap(\.view.uncounted)).map(BSONValue.id)
        let found = try places(stretches, by: MessageIndexes.bySender, all: ["sender": ["$in": .array(senders)]]) {
            stretch in stretch.view.uncounted.map { stretch.filter(["sender": .id($0)]) }
        }
        return found.compactMap { message in
            guard let place = Self.place(message), let sender = message["sender"]?.id else { return nil }
            return (place, sender)
        }
    }

    private func deletedPlaces(_ stretches: [Stretch]) throws(MongoError) -> [StoredMessage.Place] {
        let deleted: Document = ["deletedAt": ["$exists": true]]
        return try places(stretches, by: MessageIndexes.deleted, all: deleted) { [$0.filter(deleted)] }
            .compactMap(Self.place)
    }

    /// The messages that meet the conditions for each stretch; of many stretches rather those in their conversations
    /// that meet the condition for all and do not lie below all of them, where these are few.
    private func places(
        _ stretches: [Stretch], by index: String, all condition: Document, each: (Stretch) -> [Document]
    ) throws(MongoError) -> [Document] {
        guard let lowest = stretches.map(\.lowest).min() else { return [] }
        let members: Document = ["sender": 1]
        if stretches.count >= Self.many {
            let beside = condition.merging([
                "_id.conversation": ["$in": .array(stretches.map { .id($0.view.id) })],
                "_id.seq": ["$gte": .int64(lowest)],
            ])
            let found = try messages.find(
                beside, limit: Self.mostBeside, projection: members, hint: index, readConcern: .majority)
            if found.count < Self.mostBeside { return found }
        }
        let exact = stretches.flatMap { each($0).map(BSONValue.document) }
        return try messages.find(["$or": .array(exact)], projection: members, hint: index, readConcern: .majority)
    }

    /// The messages that the viewer has hidden: at least those in the stretches, and the newest of each conversation.
    func hiddenPlaces(_ stretches: [Stretch]) throws(MongoError) -> Set<StoredMessage.Place> {
        let ids = stretches.map(\.view.id)
        guard let viewer = stretches.first?.view.viewer, let first = ids.min(), let last = ids.max() else { return [] }
        if stretches.count >= Self.many {
            let bounds: Document = [
                "$gte": HiddenMessage.id(viewer, first, 0), "$lte": HiddenMessage.id(viewer, last, .max),
            ]
            let found = try hidden.find(["_id": .document(bounds)], limit: Self.mostBeside)
            if found.count < Self.mostBeside { return Set(found.compactMap(Self.place)) }
        }
        let exact = stretches.map { BSONValue.document(["_id": .document($0.hiddenBounds)]) }
        return Set(try hidden.find(["$or": .array(exact)]).compactMap(Self.place))
    }

    private static func place(_ document: Document) -> StoredMessage.Place? {
        document["_id"]?.document.flatMap(StoredMessage.Place.init)
    }
}
