public import BSON

/// What an update came to.
public struct UpdateResult: Equatable, Sendable {
    /// How many documents the filter matched.
    public let matched: Int
    /// How many of them were not as asked before.
    public let modified: Int
    /// The `_id` of the document that was made because none matched.
    public let upserted: BSONValue?
}

extension UpdateResult {
    init(reply: Document) {
        matched = Int(reply["matchedCount"]?.integer ?? 0)
        modified = Int(reply["modifiedCount"]?.integer ?? 0)
        upserted = reply["upsertedId"]
    }
}
