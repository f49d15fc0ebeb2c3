import BSON
public import MessageRecords
import MessagesDomain
public import MongoDB
public import Primitives

/// What is new to the viewer of a conversation.
public struct News: Sendable {
    /// Up to which number he has read.
    public let readUpTo: Int64
    /// How many messages of others he has not read, deleted and hidden ones aside.
    public let unread: Int
    /// The newest message that he has not hidden; `nil` where there is none.
    public let newest: StoredMessage?
}

extension Messages {
    /// Among how many of a conversation's newest messages unread ones are counted.
    public static let mostUnread: Int64 = 1000

    /// How many messages the viewer has not read; see ``News``.
    public func unread(_ view: ConversationView, behind seq: Int64) throws(MongoError) -> Int {
        let stretch = Stretch(view, readUpTo: seq, last: try lastNumber(view))
        return view.isWhole ? try unread([stretch])[view.id] ?? 0 : try unreadUntil(stretch)
    }

    /// What is new in conversations of one viewer.
    public func news(of overviews: [Overview]) throws(MongoError) -> [UniqueID: News] {
        let read = try readUpTo(overviews.map(\.view))
        let stretches = overviews.map { Stretch($0.view, readUpTo: read[$0.view.id] ?? 0, last: $0.lastSeq) }
        // Between two of whom one has blocked the other, time is a bound that the others have not.
        var counts = try unread(stretches.filter(\.view.isWhole))
        for stretch in stretches where !stretch.view.isWhole {
            counts[stretch.view.id] = try unreadUntil(stretch)
        }
        let hidden = try hiddenHeads(of: overviews)
        var news: [UniqueID: News] = [:]
        for overview in overviews {
            let id = overview.view.id
            let newest =
                hidden.contains(id)
                ? try history(overview.view, HistoryRange(before: overview.lastSeq, limit: 1)).last : overview.head
            news[id] = News(readUpTo: read[id] ?? 0, unread: counts[id] ?? 0, newest: newest)
        }
        return news
    }

    private func readUpTo(_ views: [ConversationView]) throws(MongoError) -> [UniqueID: Int64] {
        let ids = views.map { Self.markerID($0.viewer, $0.id) }
        guard !ids.isEmpty else { return [:] }
        var read: [UniqueID: Int64] = [:]
        for marker in try markers.find(["_id": ["$in": .array(ids)]]) {
            if let id = marker["_id"]?.document?["conversation"]?.id { read[id] = marker["readUpTo"]?.integer }
        }
        return read
    }

    /// The conversations whose newest message the viewer has hidden.
    private func hiddenHeads(of overviews: [Overview]) throws(MongoError) -> Set<UniqueID> {
        let ids = overviews.filter { $0.lastSeq > 0 }.map { HiddenMessage.id($0.view.viewer, $0.view.id, $0.lastSeq) }
        guard !ids.isEmpty else { return [] }
        let found = try hidden.find(["_id": ["$in": .array(ids)]])
        return Set(found.compactMap { $0["_id"]?.document?["conversation"]?.id })
    }

    /// Counts what is unread in parts of conversations of one viewer: all numbers, which have no gap, without those of
    /// messages that do not count. So it costs what is the exception, however much was said.
    private func unread(_ stretches: [Stretch]) throws(MongoError) -> [UniqueID: Int] {
        let stretches = stretches.filter { !$0.isEmpty }
        guard !stretches.isEmpty else { return [:] }
        var counts = Dictionary(stretches.map { ($0.view.id, $0.count) }, uniquingKeysWith: { first, _ in first })
        for place in try uncounted(stretches) { counts[place.conversation, default: 0] -= 1 }
        return counts
    }

    /// The messages that do not count: those of certain senders, deleted ones, hidden ones.
    private func uncounted(_ stretches: [Stretch]) throws(MongoError) -> Set<StoredMessage.Place> {
        var sent: [BSONValue] = []
        for stretch in stretches {
            for sender in stretch.view.uncounted { sent.append(.document(stretch.filter(["sender": .id(sender)]))) }
        }
        let deleted = stretches.map { BSONValue.document($0.filter(["deletedAt": ["$exists": true]])) }
        let hidden = stretches.map { BSONValue.document(["_id": .document($0.hiddenBounds)]) }
        let found =
            try places(sent, by: MessageIndexes.bySender) + places(deleted, by: MessageIndexes.deleted)
            + self.hidden.find(["$or": .array(hidden)]).compactMap(Self.place)
        return Set(found)
    }

    private func places(_ conditions: [BSONValue], by index: String) throws(MongoError) -> [StoredMessage.Place] {
        try messages.find(
            ["$or": .array(conditions)], projection: ["_id": 1], hint: index, readConcern: .majority
        ).compactMap(Self.place)
    }

    private static func place(_ document: Document) -> StoredMessage.Place? {
        document["_id"]?.document.flatMap(StoredMessage.Place.init)
    }

    /// Counts what is unread where time is a bound that numbers do not have.
    private func unreadUntil(_ stretch: Stretch) throws(MongoError) -> Int {
        guard !stretch.isEmpty else { return 0 }
        let unseen = try hidden.find(["_id": .document(stretch.hiddenBounds)]).compactMap(Self.place).map(\.id)
        return try messages.count(
            stretch.seen.merging([
                "sender": ["$nin": .array(stretch.view.uncounted.map(BSONValue.id))],
                "deletedAt": ["$exists": false], "$nor": [["_id": ["$in": .array(unseen)]]],
            ]), readConcern: .majority)
    }
}

/// The part of a conversation in which unread messages are counted.
private struct Stretch {
    let view: ConversationView
    private let lowest: Int64
    private let highest: Int64

    init(_ view: ConversationView, readUpTo: Int64, last: Int64) {
        self.view = view
        lowest = max(readUpTo, last - Messages.mostUnread) + 1
        highest = last
    }

    var isEmpty: Bool { lowest > highest }

    /// How many numbers are in it.
    var count: Int { Int(highest - lowest + 1) }

    /// What finds those of its messages that meet a condition, by an index that begins with that or with their place.
    func filter(_ condition: Document) -> Document {
        condition.merging([
            "_id.conversation": .id(view.id), "_id.seq": ["$gte": .int64(lowest), "$lte": .int64(highest)],
        ])
    }

    /// What finds those of its messages that the viewer may see.
    var seen: Document { view.filter(lowest...highest) }

    /// Between which `_id`s the hidden ones of them stand.
    var hiddenBounds: Document {
        [
            "$gte": HiddenMessage.id(view.viewer, view.id, lowest),
            "$lte": HiddenMessage.id(view.viewer, view.id, highest),
        ]
    }
}
