import BSON
import MongoDB
import Primitives

/// The collection in which the driver keeps data keys, each wrapped under the master key.
struct KeyVault {
    static let database = "encryption"
    static let name = "__keyVault"
    private static let altNames = "keyAltNames"
    /// The field's path in a partial filter: only keys that have a name are compared by it.
    private static let uniqueNames = MongoIndex(
        name: "keyAltNames", keys: [altNames: 1], unique: true, partialFilter: [altNames: ["$exists": true]])

    let client: MongoClient
    let collection: MongoCollection

    init(client: MongoClient) {
        self.client = client
        collection = client.collection(Self.database, Self.name)
    }

    func ensureIndex() throws(MongoError) {
        try collection.createIndexes([Self.uniqueNames])
    }

    /// The key of that name, or any key.
    func find(named name: String? = nil) throws(MongoError) -> UniqueID? {
        let filter: Document = name.map { [Self.altNames: .string($0)] } ?? [:]
        return try collection.findOne(filter, projection: ["_id": 1], readConcern: .majority)?["_id"]?.id
    }

    func contains(_ id: UniqueID) throws(MongoError) -> Bool {
        try collection.findOne(["_id": .id(id)], projection: ["_id": 1], readConcern: .majority) != nil
    }

    func remove(_ id: UniqueID, session: MongoSession?) throws(MongoError) {
        try collection.delete(["_id": .id(id)], session: session)
    }
}
