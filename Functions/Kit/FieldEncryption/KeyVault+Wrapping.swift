import BSON
import MongoDB
import Primitives

extension KeyVault {
    /// A data key as the vault holds it.
    struct WrappedKey {
        let id: UniqueID
        let material: [UInt8]
    }

    /// Data keys that are wrapped under a local master key, in the order of their ids.
    func localKeys(after last: UniqueID?, limit: Int) throws(MongoError) -> [WrappedKey] {
        var filter: Document = ["masterKey.provider": "local"]
        if let last { filter.append("_id", ["$gt": .id(last)]) }
        return try collection.find(
            filter, sort: ["_id": 1], limit: limit, projection: ["keyMaterial": 1], readConcern: .majority
        ).compactMap { document in
            guard let id = document["_id"]?.id, let material = document["keyMaterial"]?.binary else { return nil }
            return WrappedKey(id: id, material: material)
        }
    }

    /// Sends changes of single data keys together, each of them by itself; gives how many met their condition.
    func apply(_ updates: [BSONValue]) throws(MongoError) -> Int {
        guard !updates.isEmpty else { return 0 }
        let command: Document = [
            "update": .string(Self.name), "updates": .array(updates), "ordered": false,
            "writeConcern": ["w": "majority", "j": true],
        ]
        return Int(try client.run(command, on: Self.database)["nModified"]?.integer ?? 0)
    }
}
