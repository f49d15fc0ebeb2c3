import BSON
public import MongoDB

/// The indexes of this pack's collections.
public enum PlayerIndexes {
    /// Collection names and their indexes; making those that exist already changes nothing.
    public static let all: [(collection: String, indexes: [MongoIndex])] = [
        ("players", [MongoIndex(name: "game", keys: ["library.gameId": 1])]),
        (
            "relations",
            [
                MongoIndex(name: "players", keys: ["players": 1]),
                MongoIndex(
                    name: "request", keys: ["request.id": 1], unique: true,
                    partialFilter: ["request.id": ["$exists": true]]),
                MongoIndex(name: "waiting", keys: ["request.to": 1, "request.status": 1]),
            ]
        ),
        ("reports", Reports.indexes),
    ]
}
