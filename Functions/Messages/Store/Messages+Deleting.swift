import Audit
import BSON
import Installation
public import MessageRecords
public import MongoDB
public import Primitives
public import Runtime

extension Messages {
    /// The message of that number, hidden ones too; `nil` where there is none for the viewer.
    public func message(_ seq: Int64, _ view: ConversationView) throws(MongoError) -> StoredMessage? {
        guard seq > 0 else { return nil }
        return try messages.findOne(view.filter(seq...seq), readConcern: .majority).flatMap(StoredMessage.init)
    }

    /// Leaves a tombstone for everyone: the text goes in the same write.
    public func bury(_ message: StoredMessage, at now: Timestamp) throws(MongoError) {
        try messages.update(
            ["_id": message.place.id, "deletedAt": ["$exists": false]],
            ["$set": ["deletedAt": .date(now)], "$unset": ["body": true]])
    }

    /// Leaves a tombstone by an admin, who is named in the audit.
    public func bury(_ message: StoredMessage, by admin: UniqueID, _ context: Context) throws {
        guard message.deletedAt == nil else { return }
        try installation.audit.write(
            AuditEvent(
                .messageRemoved, by: .account(admin), on: .account(message.sender), call: context.callID,
                at: context.now))
        try bury(message, at: context.now)
    }

    /// Takes a message out of its viewer's sight alone.
    public func hide(_ message: StoredMessage, _ view: ConversationView) throws(MongoError) {
        do throws(MongoError) {
            try hidden.insert(["_id": HiddenMessage.id(view.viewer, view.id, message.place.seq)])
        } catch .duplicateKey {
            return
        }
    }
}
