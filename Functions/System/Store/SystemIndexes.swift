import BSON
public import MongoDB

/// The indexes of what the gateway keeps in the store.
public enum SystemIndexes {
    /// Collection names and their indexes; making those that exist already changes nothing.
    public static let all: [(collection: String, indexes: [MongoIndex])] = [
        ("slots", [lapsing]),
        (
            "calls",
            [
                lapsing, MongoIndex(name: "due", keys: ["status": 1, "nextAt": 1]),
                MongoIndex(name: "ended", keys: ["status": 1, "_id": 1]),
            ]
        ),
    ]

    private static let lapsing = MongoIndex(name: "lapse", keys: ["expiresAt": 1], expireAfterSeconds: 0)
}
