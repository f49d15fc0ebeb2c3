import BSON
import FieldEncryption
import Installation
public import MessageRecords
public import MongoDB
public import Primitives

extension AccountMessages {
    private static let mostExported = 10_000

    /// A message as its sender's export shows it.
    public struct Sent: Sendable {
        /// The message.
        public let message: StoredMessage
        /// Its conversation; `nil` where that is gone.
        public let conversation: Conversation?
        /// Its text; `nil` where it was deleted, or cannot be read.
        public let text: String?
    }

    /// The newest messages that the account sent, oldest first.
    public func sent(by account: UniqueID) throws -> [Sent] {
        let sealer = MessageSealer(installation.encryption)
        let found = try messages.find(
            ["sender": .id(account)], sort: ["messageId": -1], limit: Self.mostExported
        ).compactMap(StoredMessage.init).reversed()
        let conversations = try conversations(of: found.map(\.place.conversation))
        return try found.map { message in
            let conversation = conversations[message.place.conversation]
            return Sent(
                message: message, conversation: conversation,
                text: try conversation.flatMap { try Self.text(of: message, $0, sealer) })
        }
    }

    /// How far the account has read its conversations.
    public func readMarkers(
        of account: UniqueID
    ) throws(MongoError) -> [(conversation: UniqueID, readUpTo: Int64, at: Timestamp)] {
        try markers.find(Self.own(account), limit: Self.mostExported).compactMap { marker in
            guard let conversation = marker["_id"]?.document?["conversation"]?.id,
                let readUpTo = marker["readUpTo"]?.integer, let at = marker["at"]?.date
            else { return nil }
            return (conversation, readUpTo, at)
        }
    }

    /// The messages that the account does not want to see any more.
    public func hiddenMessages(of account: UniqueID) throws(MongoError) -> [StoredMessage.Place] {
        try hidden.find(Self.own(account), limit: Self.mostExported)
            .compactMap { $0["_id"]?.document.flatMap(StoredMessage.Place.init) }
    }

    private func conversations(of ids: [UniqueID]) throws(MongoError) -> [UniqueID: Conversation] {
        let wanted = Array(Set(ids)).map(BSONValue.id)
        guard !wanted.isEmpty else { return [:] }
        let found = try installation.collection("conversations").find(["_id": ["$in": .array(wanted)]])
        return Dictionary(
            found.compactMap(Conversation.init).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func text(
        of message: StoredMessage, _ conversation: Conversation, _ sealer: MessageSealer
    ) throws -> String? {
        do {
            return try sealer.open(message, in: conversation)
        } catch .store(let error) {
            throw error
        } catch .wrongMasterKey {
            throw FieldEncryptionError.wrongMasterKey
        } catch {
            return nil
        }
    }
}
