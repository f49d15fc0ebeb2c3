import BSON
import BackupContainer
public import MongoDB

extension BackupRestore {
    /// Sessions and renewals are left out: one that was ended since must not live again.
    private static let leftOut: Set = ["sessions", "renewals"]
    private static let batchCount = 1000
    private static let batchBytes = 4 << 20

    /// Writes all of it with its indexes; throws ``BackupFailure`` where the databases are not empty. What was written
    /// until a failure is taken out again.
    public func write(to client: MongoClient) throws {
        try Self.requireEmpty(client)
        var writer = DatabaseWriter(client: client)
        do {
            try forEach { record in
                switch record {
                case .collection(let collection): try writer.begin(collection)
                case .document(let document):
                    if !Self.leftOut.contains(writer.name) { try writer.add(document) }
                case .end: try writer.flush()
                }
            }
        } catch {
            writer.undo()
            throw BackupFailure(error)
        }
    }

    /// Throws where a database holds anything.
    public static func requireEmpty(_ client: MongoClient) throws {
        do {
            for (_, database) in BackupMaker.databases {
                for collection in try SnapshotReader(client: client).collections(in: database)
                where try client.collection(database, collection.name).findOne([:]) != nil {
                    throw BackupFailure(
                        "The database is not empty (\(database).\(collection.name)): restore into an empty one.")
                }
            }
        } catch {
            throw BackupFailure(error)
        }
    }

    private struct DatabaseWriter {
        let client: MongoClient
        private var collection: BackupCollection?
        private var waiting: [Document] = []
        private var bytes = 0
        private var begun: [BackupCollection] = []

        init(client: MongoClient) {
            self.client = client
        }

        var name: String { collection?.name ?? "" }

        mutating func begin(_ next: BackupCollection) throws(MongoError) {
            try flush()
            collection = next
            begun.append(next)
            let indexes = next.indexes.map(BSONValue.document)
            let command: Document =
                indexes.isEmpty
                ? ["create": .string(next.name)]
                : ["createIndexes": .string(next.name), "indexes": .array(indexes)]
            do {
                try client.run(command.merging(["writeConcern": ["w": "majority"]]), on: next.database)
            } catch .server(code: 48, _) {
                // It is there already, empty.
            }
        }

        mutating func add(_ document: Document) throws(MongoError) {
            waiting.append(document)
            bytes += document.bytes.count
            if waiting.count >= BackupRestore.batchCount || bytes >= BackupRestore.batchBytes { try flush() }
        }

        mutating func flush() throws(MongoError) {
            guard let collection, !waiting.isEmpty else { return }
            try client.collection(collection.database, collection.name).insertMany(waiting)
            waiting = []
            bytes = 0
        }

        func undo() {
            for collection in begun {
                _ = try? client.collection(collection.database, collection.name).deleteMany([:])
            }
        }
    }
}
