import BSON
import MongoDB

/// The collections' indexes.
enum Catalogue {
    static let database = "passerelle"

    static let indexes: [(collection: String, indexes: [MongoIndex])] = [
        (
            "accounts",
            [
                MongoIndex(name: "loginFolded", keys: ["loginFolded": 1], unique: true),
                MongoIndex(name: "statusCreatedAt", keys: ["status": 1, "createdAt": 1]),
            ]
        ),
        ("throttles", [expiry]),
        ("sessions", [expiry, owner]),
        ("renewals", [expiry, owner]),
        ("devices", [expiry, owner]),
        ("handouts", [expiry, owner]),
        (
            "audit",
            [
                MongoIndex(name: "seq", keys: ["seq": 1], unique: true, partialFilter: ["seq": ["$exists": true]]),
                MongoIndex(name: "at", keys: ["at": 1]),
            ]
        ),
    ]

    private static let expiry = MongoIndex(name: "expiresAt", keys: ["expiresAt": 1], expireAfterSeconds: 0)
    private static let owner = MongoIndex(name: "accountId", keys: ["accountId": 1])
}
