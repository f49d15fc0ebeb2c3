import BSON
public import MessageRecords
public import MessagesDomain
public import MongoDB
import Primitives

extension Messages {
    private static let batch = 100

    /// The messages in a range, in ascending order, without those that the viewer has hidden.
    public func history(_ view: ConversationView, _ range: HistoryRange) throws(MongoError) -> [StoredMessage] {
        var found: [StoredMessage] = []
        var range = range
        while !range.isEmpty {
            let size = max(range.limit, found.isEmpty ? range.limit : Self.batch)
            let batch = try messages.find(
                view.filter(range.lowest...range.highest), sort: ["_id": range.isFromBelow ? 1 : -1], limit: size,
                readConcern: .majority
            ).compactMap(StoredMessage.init)
            guard let last = batch.last else { break }
            let hidden = try hiddenNumbers(view, in: Self.bounds(of: batch))
            let shown = batch.filter { !hidden.contains($0.place.seq) }.prefix(range.limit)
            found += shown
            guard batch.count == size else { break }
            range = range.rest(behind: last.place.seq, given: shown.count)
        }
        return range.isFromBelow ? found : found.reversed()
    }

    /// The highest number in a conversation, for its viewer; 0 where there is none.
    public func lastNumber(_ view: ConversationView) throws(MongoError) -> Int64 {
        try last(view)?.place.seq ?? 0
    }

    /// The newest message, hidden ones too.
    func last(_ view: ConversationView) throws(MongoError) -> StoredMessage? {
        try messages.findOne(view.filter(1...Int64.max), sort: ["_id": -1], readConcern: .majority)
            .flatMap(StoredMessage.init)
    }

    /// The numbers that the viewer has hidden.
    func hiddenNumbers(_ view: ConversationView, in range: ClosedRange<Int64>) throws(MongoError) -> Set<Int64> {
        let bounds: Document = [
            "$gte": HiddenMessage.id(view.viewer, view.id, range.lowerBound),
            "$lte": HiddenMessage.id(view.viewer, view.id, range.upperBound),
        ]
        return Set(try hidden.find(["_id": .document(bounds)]).compactMap { $0["_id"]?.document?["seq"]?.integer })
    }

    private static func bounds(of batch: [StoredMessage]) -> ClosedRange<Int64> {
        let (first, last) = (batch.first?.place.seq ?? 0, batch.last?.place.seq ?? 0)
        return min(first, last)...max(first, last)
    }
}

/// A message that one account does not see any more.
enum HiddenMessage {
    static func id(_ account: UniqueID, _ conversation: UniqueID, _ seq: Int64) -> BSONValue {
        ["account": .id(account), "conversation": .id(conversation), "seq": .int64(seq)]
    }
}
