public import BSON
import CMongoShim

extension MongoCollection {
    /// Where all is read, a first batch is as large as the others, which the server makes small unless told.
    private static let wholeBatch = 10_000

    /// The first document that matches, in the order of `sort`.
    public func findOne(
        _ filter: Document, projection: Document? = nil, sort: Document? = nil, session: MongoSession? = nil,
        readConcern: ReadConcern = .local
    ) throws(MongoError) -> Document? {
        try find(
            filter, sort: sort, limit: 1, projection: projection, session: session, readConcern: readConcern
        ).first
    }

    /// The documents that match, in the order of `sort`, at most `limit` of them; by the index named `hint` where one
    /// is named.
    public func find(
        _ filter: Document, sort: Document? = nil, limit: Int? = nil, projection: Document? = nil,
        hint: String? = nil, session: MongoSession? = nil, readConcern: ReadConcern = .local
    ) throws(MongoError) -> [Document] {
        var request = try findRequest(filter, sort, limit, projection, session, readConcern)
        if case .document(var options) = request["options"] {
            options["hint"] = hint.map(BSONValue.string)
            if limit != 1 { options.append("batchSize", .integer(Self.wholeBatch)) }
            request["options"] = .document(options)
        }
        var cursor = try MongoCursor(CM_FIND, self, session, request)
        return try cursor.rest()
    }

    /// Hands over the documents that match one after another, holding a batch at most; a throwing `body` ends it.
    public func forEach<Failure: StoreFailure>(
        _ filter: Document, sort: Document? = nil, limit: Int? = nil, projection: Document? = nil,
        session: MongoSession? = nil, readConcern: ReadConcern = .local,
        _ body: (Document) throws(Failure) -> Void
    ) throws(Failure) {
        var cursor = try Failure.carrying { () throws(MongoError) in
            let request = try findRequest(filter, sort, limit, projection, session, readConcern)
            return try MongoCursor(CM_FIND, self, session, request)
        }
        while let document = try Failure.carrying({ () throws(MongoError) in try cursor.next() }) { try body(document) }
    }

    /// What comes out of the pipeline's last stage.
    public func aggregate(
        _ pipeline: [Document], session: MongoSession? = nil, readConcern: ReadConcern = .local
    ) throws(MongoError) -> [Document] {
        var options = try readOptions(session, readConcern)
        options.append("batchSize", .integer(Self.wholeBatch))
        let request: Document = [
            "pipeline": .array(pipeline.map(BSONValue.document)), "options": .document(options),
        ]
        var cursor = try MongoCursor(CM_AGGREGATE, self, session, request)
        return try cursor.rest()
    }

    /// How many documents match, by looking at them.
    public func count(
        _ filter: Document = [:], session: MongoSession? = nil, readConcern: ReadConcern = .local
    ) throws(MongoError) -> Int {
        let pipeline: [Document] = [
            ["$match": .document(filter)], ["$group": ["_id": .null, "count": ["$sum": 1]]],
        ]
        let answer = try aggregate(pipeline, session: session, readConcern: readConcern).first
        return Int(answer?["count"]?.integer ?? 0)
    }

    private func findRequest(
        _ filter: Document, _ sort: Document?, _ limit: Int?, _ projection: Document?, _ session: MongoSession?,
        _ readConcern: ReadConcern
    ) throws(MongoError) -> Document {
        var options = try readOptions(session, readConcern)
        options["sort"] = sort.map(BSONValue.document)
        options["projection"] = projection.map(BSONValue.document)
        options["limit"] = limit.map(BSONValue.integer)
        if limit == 1 { options["singleBatch"] = true }
        return ["filter": .document(filter), "options": .document(options)]
    }

    /// A transaction has a read concern of its own.
    private func readOptions(_ session: MongoSession?, _ readConcern: ReadConcern) throws(MongoError) -> Document {
        var options = try client.timeLimit()
        if session == nil { options["readConcern"] = ["level": .string(readConcern.rawValue)] }
        return options
    }
}
