import BSON
public import MongoDB
public import Primitives

extension Notifications {
    /// Sees that an account has one unread notification for a conversation that names its latest message.
    public func tell(_ told: Notification, seq: Int64) throws(MongoError) {
        guard let conversation = told.data["conversationId"] else { return }
        let open = Self.open(told.account, conversation)
        do throws(MongoError) {
            if try notifications.update(open, ["$max": ["data.seq": .int64(seq)]]).matched == 0 {
                try notifications.insert(told.document)
            }
        } catch .duplicateKey {
            try notifications.update(open, ["$max": ["data.seq": .int64(seq)]])
        }
    }

    /// Marks what told of messages in a conversation as read once they have been.
    public func settle(_ account: UniqueID, conversation: UniqueID, readUpTo seq: Int64) throws(MongoError) {
        let read = Self.open(account, .id(conversation)).merging(["data.seq": ["$lte": .int64(seq)]])
        try notifications.update(read, ["$set": ["read": true]])
    }

    private static func open(_ account: UniqueID, _ conversation: BSONValue) -> Document {
        [
            "account": .id(account), "type": .string(Notification.Kind.message.rawValue), "read": false,
            "data.conversationId": conversation,
        ]
    }
}
