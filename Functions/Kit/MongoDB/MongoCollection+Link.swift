public import BSON

/// When a write is acknowledged.
public enum Acknowledgement: Sendable {
    /// Once a majority has it, journaled.
    case majority
    /// Once the primary has it, from whom a failover may take it back.
    case primary
}

extension MongoCollection {
    /// The first document that matches, in the order of `sort`, as the member behind the connection has it now. Should
    /// the connection have been made anew for it, a write over the former one fails.
    public func findOne(
        _ filter: Document, projection: Document, sort: Document, over link: MongoLink
    ) throws(MongoError) -> Document? {
        try client.first([lookup(filter, projection: projection, sort: sort)], in: database, over: link)[0]
    }

    /// Adds a document over that connection, and over no other; throws `.duplicateKey` where a unique index has its
    /// value already.
    public func insert(
        _ document: Document, over link: MongoLink, acknowledged: Acknowledgement
    ) throws(MongoError) {
        try write(["insert": .string(name), "documents": [.document(document)]], over: link, acknowledged)
    }

    /// Waits until a majority has, journaled, all that was written over that connection.
    public func awaitMajority(over link: MongoLink) throws(MongoError) {
        // What removes nothing is acknowledged like any other write: after all that the member had before.
        let nothing: Document = ["q": ["_id": .minKey], "limit": 1]
        try write(["delete": .string(name), "deletes": [.document(nothing)]], over: link, .majority)
    }

    private func write(
        _ command: Document, over link: MongoLink, _ acknowledged: Acknowledgement
    ) throws(MongoError) {
        var concern: Document = acknowledged == .majority ? ["w": "majority", "j": true] : ["w": 1, "j": false]
        if acknowledged == .majority, let left = try client.remainingMilliseconds() {
            concern.append("wtimeout", .integer(left))
        }
        try client.require(link)
        let reply = try client.run(
            command.merging(["writeConcern": .document(concern)]), on: database, over: link)
        let failure = reply["writeErrors"]?.array?.first ?? reply["writeConcernError"]
        if let failure = failure?.document { throw MongoError(answered: failure, isLate: client.isLate) }
    }
}
