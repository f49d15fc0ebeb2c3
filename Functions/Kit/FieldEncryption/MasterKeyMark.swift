import BSON
import MongoDB

/// The fingerprint of the newest master key, kept beside the key vault: whoever makes a data key compares.
///
/// It is set before the first data key is wrapped anew and read after a new one is stored, both acknowledged by a
/// majority, so that no data key under the old master key can come to be behind the rotation's back.
struct MasterKeyMark {
    private static let name = "masterKeys"
    private static let id: BSONValue = "current"

    private let collection: MongoCollection

    init(client: MongoClient) {
        collection = client.collection(KeyVault.database, Self.name)
    }

    /// Names the master key that all data keys are to be wrapped under from now on.
    func set(_ fingerprint: String) throws(MongoError) {
        try collection.update(["_id": Self.id], ["$set": ["fingerprint": .string(fingerprint)]], upsert: true)
    }

    /// The fingerprint that was set last; `nil` before the first rotation.
    func read() throws(MongoError) -> String? {
        try collection.findOne(["_id": Self.id], readConcern: .majority)?["fingerprint"]?.string
    }
}
