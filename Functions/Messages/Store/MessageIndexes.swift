import BSON
import Installation
import MessageRecords
public import MongoDB

/// The indexes of this pack's collections.
public enum MessageIndexes {
    /// Collection names and their indexes; making those that exist already changes nothing.
    public static let all: [(collection: String, indexes: [MongoIndex])] = [
        ("conversations", [MongoIndex(name: "members", keys: ["members": 1])]),
        (
            "messages",
            [
                MongoIndex(name: "repeat", keys: ["sender": 1, "clientMessageId": 1], unique: true),
                MongoIndex(name: "message", keys: ["messageId": 1]),
                MongoIndex(name: "heads", keys: ["_id.conversation": 1, "_id.seq": -1]),
                MongoIndex(name: bySender, keys: ["sender": 1, "_id.conversation": 1, "_id.seq": 1]),
                MongoIndex(
                    name: deleted, keys: ["_id.conversation": 1, "_id.seq": 1],
                    partialFilter: ["deletedAt": ["$exists": true]]),
            ]
        ),
        ("sendRates", [MongoIndex(name: "lapse", keys: ["until": 1], expireAfterSeconds: 0)]),
        (ReportedMessages.collection, ReportedMessages.indexes),
    ]

    /// What somebody has sent to a conversation.
    static let bySender = "sent"
    /// What was deleted in a conversation.
    static let deleted = "deleted"

    static func create(in installation: Installation) throws(MongoError) {
        for (collection, indexes) in all { try installation.collection(collection).createIndexes(indexes) }
    }
}
