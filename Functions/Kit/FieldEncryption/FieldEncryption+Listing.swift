import BSON
import MongoDB
public import Primitives

/// A data key in the vault, by its name.
public struct NamedDataKey: Equatable, Sendable {
    /// The key's id.
    public let id: UniqueID
    /// Its one name.
    public let name: String
}

extension FieldEncryption {
    /// The data keys with one name that begins with `prefix` and made before an instant, in the order of their ids
    /// behind `after`; at most `limit`.
    public func dataKeys(
        named prefix: String, createdBefore end: Timestamp, after: UniqueID?, limit: Int
    ) throws(FieldEncryptionError) -> [NamedDataKey] {
        try FieldEncryptionError.carrying { () throws(MongoError) in
            try vault.list(named: prefix, createdBefore: end, after: after, limit: limit)
        }
    }
}

extension KeyVault {
    func list(
        named prefix: String, createdBefore end: Timestamp, after: UniqueID?, limit: Int
    ) throws(MongoError) -> [NamedDataKey] {
        var filter: Document = [
            "keyAltNames.0": .document(Self.range(of: prefix)), "keyAltNames.1": ["$exists": false],
            "creationDate": ["$lt": .date(end)],
        ]
        if let after { filter.append("_id", ["$gt": .id(after)]) }
        let found = try collection.find(
            filter, sort: ["_id": 1], limit: limit, projection: ["keyAltNames": 1], readConcern: .majority)
        return found.compactMap { key in
            guard let id = key["_id"]?.id, let name = key["keyAltNames"]?.array?.first?.string else { return nil }
            return NamedDataKey(id: id, name: name)
        }
    }

    /// The texts that begin with `prefix`.
    private static func range(of prefix: String) -> Document {
        ["$gte": .string(prefix), "$lt": .string(prefix + "\u{10FFFF}")]
    }
}
