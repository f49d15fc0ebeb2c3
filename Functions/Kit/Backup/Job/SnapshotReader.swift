import BSON
import BackupContainer
import MongoDB

/// Reads collections as they all were at one instant, the one of the first read, a batch at a time.
final class SnapshotReader {
    private static let batchSize: BSONValue = .int64(500)

    private let client: MongoClient
    /// The instant, once something has been read.
    private(set) var clusterTime: BSONValue?

    init(client: MongoClient) {
        self.client = client
    }

    /// The collections with their indexes as they are now; the server has no list of former ones.
    func collections(in database: String) throws(MongoError) -> [BackupCollection] {
        let list: Document = [
            "listCollections": 1, "filter": ["type": "collection"], "nameOnly": true, "authorizedCollections": true,
        ]
        var collections: [BackupCollection] = []
        try drain(list, database) { (entry) throws(MongoError) in
            guard let name = entry["name"]?.string, !name.hasPrefix("system.") else { return }
            collections.append(
                BackupCollection(database: database, name: name, indexes: try indexes(of: name, in: database)))
        }
        return collections.sorted { $0.name < $1.name }
    }

    /// Fixes the instant, which a server gives only with something read.
    func fixInstant() throws(MongoError) {
        try forEach(BackupCollection(database: "passerelle", name: "auditHeads", indexes: [])) {
            (_) throws(MongoError) in
        }
    }

    /// Hands over the documents of a collection at the instant.
    func forEach<Failure: StoreFailure>(
        _ collection: BackupCollection, _ body: (Document) throws(Failure) -> Void
    ) throws(Failure) {
        var concern: Document = ["level": "snapshot"]
        concern["atClusterTime"] = clusterTime
        let find: Document = [
            "find": .string(collection.name), "readConcern": .document(concern), "batchSize": Self.batchSize,
        ]
        try drain(find, collection.database, body)
    }

    private func indexes(of collection: String, in database: String) throws(MongoError) -> [Document] {
        var indexes: [Document] = []
        try drain(["listIndexes": .string(collection)], database) { (index) throws(MongoError) in
            if index["name"]?.string != "_id_" { indexes.append(index) }
        }
        return indexes
    }

    private func drain<Failure: StoreFailure>(
        _ command: Document, _ database: String, _ body: (Document) throws(Failure) -> Void
    ) throws(Failure) {
        var cursor = try run(command, database, as: Failure.self)
        let place = cursor["ns"]?.string ?? ""
        let collection = String(place.drop { $0 != "." }.dropFirst())
        if clusterTime == nil { clusterTime = cursor["atClusterTime"] }
        var batch = cursor["firstBatch"]
        while true {
            for document in batch?.array ?? [] {
                if let document = document.document { try body(document) }
            }
            guard let id = cursor["id"]?.integer, id != 0 else { return }
            cursor = try run(
                ["getMore": .int64(id), "collection": .string(collection), "batchSize": Self.batchSize], database,
                as: Failure.self)
            batch = cursor["nextBatch"]
        }
    }

    private func run<Failure: StoreFailure>(
        _ command: Document, _ database: String, as _: Failure.Type
    ) throws(Failure) -> Document {
        try Failure.carrying { () throws(MongoError) in
            guard let cursor = try client.run(command, on: database)["cursor"]?.document else {
                throw .invalid("the server gave no cursor")
            }
            return cursor
        }
    }
}
