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
                MongoIndex(name: "announced", keys: ["credentials.announced": 1, "credentials.expiresAt": 1]),
            ]
        ),
        ("throttles", [lapsing]),
        ("sessions", [lapsing, ofAccount]),
        ("devices", [lapsing, ofAccount]),
        ("renewals", [lapsing, ofAccount]),
        ("handouts", [lapsing, ofAccount, MongoIndex(name: "open", keys: ["lapsesAt": 1])]),
        ("notices", [lapsing, ofAccount, MongoIndex(name: "due", keys: ["doneAt": 1, "nextAt": 1])]),
        (
            "operations",
            [
                MongoIndex(name: "running", keys: ["status": 1, "leasedUntil": 1]),
                MongoIndex(
                    name: "one-master-key", keys: ["kind": 1], unique: true,
                    partialFilter: ["kind": "master-key", "status": "running"]),
            ]
        ),
        ("erasures", [MongoIndex(name: "listed", keys: ["listed": 1])]),
        (
            "audit",
            [
                MongoIndex(name: "at", keys: ["at": 1]),
                MongoIndex(name: "subject", keys: ["subject.account": 1, "seq": 1]),
                MongoIndex(name: "actor", keys: ["actor.account": 1, "seq": 1]),
                MongoIndex(
                    name: "seq", keys: ["seq": 1], unique: true, partialFilter: ["seq": ["$exists": true]]),
                MongoIndex(
                    name: "unsealed", keys: ["unsealed": 1, "_id": 1], partialFilter: ["unsealed": ["$exists": true]]),
                MongoIndex(name: "type", keys: ["type": 1, "seq": 1]),
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
