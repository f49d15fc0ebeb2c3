import BSON
public import Installation
public import MongoDB

/// The indexes of this pack's collections.
public enum AccountIndexes {
    /// Collection names and their indexes; making those that exist already changes nothing.
    public static let all: [(collection: String, indexes: [MongoIndex])] = [
        (
            "accounts",
            [
                MongoIndex(name: "login", keys: ["loginFolded": 1], unique: true),
                MongoIndex(name: "status-issued", keys: ["status": 1, "credentials.issuedAt": 1]),
                MongoIndex(name: "expires", keys: ["credentials.expiresAt": 1]),
            ]
        ),
        ("throttles", [lapsing]),
        ("sessions", [lapsing, ofAccount]),
        ("devices", [lapsing, ofAccount]),
        ("renewals", [lapsing, ofAccount]),
        (
            "audit",
            [
                MongoIndex(name: "at", keys: ["at": 1]),
                MongoIndex(name: "writer", keys: ["writer.id": 1, "writer.n": 1], unique: true),
            ]
        ),
    ]

    private static let lapsing = MongoIndex(name: "lapse", keys: ["expiresAt": 1], expireAfterSeconds: 0)
    private static let ofAccount = MongoIndex(name: "account", keys: ["accountId": 1])

    /// Makes the indexes that are missing.
    public static func create(in installation: Installation) throws(MongoError) {
        for (collection, indexes) in all { try installation.collection(collection).createIndexes(indexes) }
    }
}
