public import BSON
import CMongoShim

extension MongoCollection {
    /// Which state of the document an atomic change gives back.
    public enum Returned: Sendable {
        /// As it was.
        case before
        /// As it is from now on.
        case after
    }

    /// Changes the first document that matches and gives it, in one step; `nil` where none matched (or one was made
    /// and `.before` is asked for).
    public func findAndUpdate(
        _ filter: Document, _ change: Document, upsert: Bool = false, returning: Returned = .after,
        sort: Document? = nil, projection: Document? = nil, session: MongoSession? = nil
    ) throws(MongoError) -> Document? {
        var request: Document = [
            "filter": .document(filter), "change": .document(change), "upsert": .bool(upsert),
            "new": .bool(returning == .after), "options": .document(try client.timeLimit()),
        ]
        request["sort"] = sort.map(BSONValue.document)
        request["fields"] = projection.map(BSONValue.document)
        return try client.perform(CM_FIND_AND_MODIFY, target, session, request)["value"]?.document
    }
}
