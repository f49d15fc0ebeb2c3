public import BSON

/// What is looked for in one collection: the first document that matches, in the order of `sort`.
public struct Lookup: Sendable {
    let collection: String
    let filter: Document
    let projection: Document?
    let sort: Document?

    var command: Document {
        var command: Document = ["find": .string(collection), "filter": .document(filter)]
        if let projection { command.append("projection", .document(projection)) }
        if let sort { command.append("sort", .document(sort)) }
        command.append("limit", 1)
        command.append("singleBatch", true)
        return command
    }
}

extension MongoCollection {
    /// Looks for the first document that matches, once ``MongoClient/first(_:over:)`` is given it.
    public func lookup(_ filter: Document, projection: Document? = nil, sort: Document? = nil) -> Lookup {
        Lookup(collection: name, filter: filter, projection: projection, sort: sort)
    }
}

extension MongoClient {
    /// Whether several commands go over the connection at once.
    public func isPipelined(_ link: MongoLink) -> Bool {
        wire?.link == link
    }

    /// What each finds in that database, as the member behind the connection has it now; they are on their way at once
    /// where the connection allows it.
    public func first(
        _ lookups: [Lookup], in database: String, over link: MongoLink
    ) throws(MongoError) -> [Document?] {
        try run(lookups.map(\.command), on: database, over: link).map {
            $0["cursor"]?.document?["firstBatch"]?.array?.first?.document
        }
    }
}
