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
        return try unread([stretch], try hiddenPlaces([stretch]))[view.id] ?? 0
    }

    /// What is new in conversations of one viewer.
    public func news(of overviews: [Overview]) throws(MongoError) -> [UniqueID: News] {
        let read = try readUpTo(overviews.map(\.view))
        let stretches = overviews.map { Stretch($0.view, readUpTo: read[$0.view.id] ?? 0, last: $0.lastSeq) }
        let hidden = try hiddenPlaces(stretches)
        let counts = try unread(stretches, hidden)
        var news: [UniqueID: News] = [:]
        for overview in overviews {
            let id = overview.view.id
            let newest =
                if let head = overview.head, hidden.contains(head.place) {
                    try history(overview.view, HistoryRange(before: overview.lastSeq, limit: 1)).last
                } else {
                    overview.head
                }
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

    /// Counts what is unread in parts of conversations of one viewer: all numbers, which have no gap, without those of
    /// messages that do not count. So it costs what is the exception, however much was said.
    ///
    /// Between two of whom one has blocked the other, time is a bound that the others have not.
    private func unread(
        _ stretches: [Stretch], _ hidden: Set<StoredMessage.Place>
    ) throws(MongoError) -> [UniqueID: Int] {
        let waiting = stretches.filter { !$0.isEmpty }
        let whole = waiting.filter(\.view.isWhole)
        var counts = Dictionary(whole.map { ($0.view.id, $0.count) }, uniquingKeysWith: { first, _ in first })
        for place in try uncounted(whole, hidden) { counts[place.conversation, default: 0] -= 1 }
        for stretch in waiting where !stretch.view.isWhole {
            counts[stretch.view.id] = try messages.count(stretch.unread(without: hidden), readConcern: .majority)
        }
        return counts
    }
}
