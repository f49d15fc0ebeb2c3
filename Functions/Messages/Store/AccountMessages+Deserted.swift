import AccountsAccess
import BSON
import FieldEncryption
import Installation
import MessageRecords
import MongoDB
import Primitives

extension AccountMessages {
    /// Removes the conversations of an erased account whose other member is erased as well: nobody will ever see them
    /// again. Their data keys go first, so that what backups and the oplog still hold can be read no more.
    func removeDeserted(by account: UniqueID) throws {
        let conversations = installation.collection("conversations")
        let own = try conversations.find(["members": .id(account)]).compactMap(Conversation.init)
        let left = try Logins(installation).named(Set(own.compactMap { $0.other(than: account) }))
        for conversation in own {
            guard let other = conversation.other(than: account), left[other] == nil else { continue }
            try installation.encryption.destroyDataKey(conversation.keyID)
            try messages.deleteMany(Self.all(in: conversation.id))
            try conversations.delete(["_id": .id(conversation.id)])
        }
    }

    private static func all(in conversation: UniqueID) -> Document {
        [
            "_id": [
                "$gte": StoredMessage.Place(conversation: conversation, seq: 0).id,
                "$lte": StoredMessage.Place(conversation: conversation, seq: .max).id,
            ]
        ]
    }
}
