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
        try unread([Stretch(view, readUpTo: seq, last: try lastNumber(view))])[view.id] ?? 0
    }

    /// What is new in conversations of one viewer.
    public func news(of overviews: [Overview]) throws(MongoError) -> [UniqueID: News] {
        let read = try readUpTo(overviews.map(\.view))
        let stretches = overviews.map { Stretch($0.view, readUpTo: read[$0.view.id] ?? 0, last: $0.lastSeq) }
        // Between two of whom one has blocked the other, time is a bound that the others have not.
        var counts = try unread(stretches.filter(\.view.isWhole))
        for stretch in stretches where !stretch.view.isWhole {
            counts.merge(try unread([stretch])) { $1 }
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

    /// Counts what is unread in parts of conversations that one viewer sees under the same conditions.
    private func unread(_ stretches: [Stretch]) throws(MongoError) -> [UniqueID: Int] {
        let stretches = stretches.filter { !$0.isEmpty }
        guard !stretches.isEmpty else { return [:] }
        let unseen = try hidden.find(
            ["$or": .array(stretches.map { ["_id": .document($0.hiddenBounds)] })], limit: Int(Self.mostUnread) * 5
        ).compactMap { $0["_id"]?.document.flatMap(StoredMessage.Place.init)?.id }
        let uncounted = Set(stretches.flatMap(\.view.uncounted))
        var conditions: [BSONValue] = [
            ["$or": .array(stretches.map { .document($0.filter) })],
            ["sender": ["$nin": .array(uncounted.map(BSONValue.id))], "deletedAt": ["$exists": false]],
        ]
        if !unseen.isEmpty { conditions.append(["_id": ["$nin": .array(unseen)]]) }
        let counted = try messages.aggregate(
            [
                ["$match": ["$and": .array(conditions)]],
                ["$group": ["_id": "$_id.conversation", "count": ["$sum": 1]]],
            ], readConcern: .majority)
        var counts: [UniqueID: Int] = [:]
        for entry in counted {
            if let id = entry["_id"]?.id { counts[id] = Int(entry["count"]?.integer ?? 0) }
        }
        return counts
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

    /// What finds its messages.
    var filter: Document {
        var filter = view.filter(lowest...highest)
        filter["sender"] = nil
        return filter
    }

    /// Between which `_id`s the hidden ones of them stand.
    var hiddenBounds: Document {
        [
            "$gte": HiddenMessage.id(view.viewer, view.id, lowest),
            "$lte": HiddenMessage.id(view.viewer, view.id, highest),
        ]
    }
}
