import BSON
import Installation
import MongoDB
import PlayersSnapshot

extension SnapshotSource {
    /// The collections that snapshots are made of.
    static let collections = ["accounts", "players"]

    /// The installation's, by the ids that its server gave these collections; `nil` where one of them is not there yet.
    static func present(_ installation: Installation) throws(MongoError) -> SnapshotSource? {
        let command: Document = [
            "listCollections": 1, "filter": ["name": ["$in": .array(collections.map(BSONValue.string))]],
        ]
        let reply = try installation.client.run(command, on: Installation.database)
        let found = reply["cursor"]?.document?["firstBatch"]?.array ?? []
        var bytes: [UInt8] = []
        for name in collections {
            let collection = found.first { $0.document?["name"]?.string == name }
            guard let id = collection?.document?["info"]?.document?["uuid"]?.binary else { return nil }
            bytes += id
        }
        return SnapshotSource(bytes: bytes)
    }
}
