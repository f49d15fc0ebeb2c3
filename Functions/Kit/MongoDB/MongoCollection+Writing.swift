public import BSON
import CMongoShim

extension MongoCollection {
    /// Adds a document; throws `.duplicateKey` where a unique index, `_id_` among them, has its value already.
    public func insert(_ document: Document, session: MongoSession? = nil) throws(MongoError) {
        try insertMany([document], session: session)
    }

    /// Adds documents in order, up to the first that fails.
    public func insertMany(_ documents: [Document], session: MongoSession? = nil) throws(MongoError) {
        guard !documents.isEmpty else { return }
        _ = try write(CM_INSERT, session, ["documents": .array(documents.map(BSONValue.document))])
    }

    /// Changes one document that matches, by update operators; with `upsert` makes it where none does.
    @discardableResult
    public func update(
        _ filter: Document, _ change: Document, upsert: Bool = false, session: MongoSession? = nil
    ) throws(MongoError) -> UpdateResult {
        try update(CM_UPDATE_ONE, filter, change, upsert, session)
    }

    /// Changes all documents that match, by update operators; not retried where the connection breaks.
    @discardableResult
    public func updateMany(
        _ filter: Document, _ change: Document, upsert: Bool = false, session: MongoSession? = nil
    ) throws(MongoError) -> UpdateResult {
        try update(CM_UPDATE_MANY, filter, change, upsert, session)
    }

    /// Puts `document` in the place of one that matches.
    @discardableResult
    public func replace(
        _ filter: Document, with document: Document, upsert: Bool = false, session: MongoSession? = nil
    ) throws(MongoError) -> UpdateResult {
        try update(CM_REPLACE_ONE, filter, document, upsert, session)
    }

    /// Removes one document that matches; gives how many there were, 0 or 1.
    @discardableResult
    public func delete(_ filter: Document, session: MongoSession? = nil) throws(MongoError) -> Int {
        try delete(CM_DELETE_ONE, filter, session)
    }

    /// Removes all documents that match and gives their number; not retried where the connection breaks.
    @discardableResult
    public func deleteMany(_ filter: Document, session: MongoSession? = nil) throws(MongoError) -> Int {
        try delete(CM_DELETE_MANY, filter, session)
    }

    private func update(
        _ operation: cm_operation, _ filter: Document, _ change: Document, _ upsert: Bool, _ session: MongoSession?
    ) throws(MongoError) -> UpdateResult {
        let request: Document = ["filter": .document(filter), "change": .document(change)]
        return UpdateResult(
            reply: try write(operation, session, request, options: upsert ? ["upsert": true] : [:]))
    }

    private func delete(
        _ operation: cm_operation, _ filter: Document, _ session: MongoSession?
    ) throws(MongoError) -> Int {
        let reply = try write(operation, session, ["filter": .document(filter)])
        return Int(reply["deletedCount"]?.integer ?? 0)
    }

    private func write(
        _ operation: cm_operation, _ session: MongoSession?, _ request: Document, options: Document = [:]
    ) throws(MongoError) -> Document {
        var request = request
        request.append("options", .document(options.merging(try writeOptions(session))))
        return try client.perform(operation, target, session, request)
    }

    /// The driver puts a `maxTimeMS` where updates and deletes do not take it, so the limit bounds the wait for the
    /// majority; a transaction is bounded by its commit.
    private func writeOptions(_ session: MongoSession?) throws(MongoError) -> Document {
        guard let left = try client.remainingMilliseconds(), session == nil else { return [:] }
        return ["writeConcern": ["w": "majority", "j": true, "wtimeout": .integer(left)]]
    }
}
