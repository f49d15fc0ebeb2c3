public import BSON
import Cryptography
public import FieldEncryption
import MongoDB
public import Primitives

/// Encrypts texts under their conversation's key, each bound to its conversation, its number and its sender.
public struct MessageSealer {
    private let encryption: FieldEncryption
    private let repeatKeys = RepeatKeys()
    private static let repeatKeyLength = 32

    /// Uses the installation's data keys.
    public init(_ encryption: FieldEncryption) {
        self.encryption = encryption
    }

    /// A new conversation under the data key of its name, which is made where it is not there yet.
    public func newConversation(
        _ id: UniqueID, _ kind: Conversation.Kind, at now: Timestamp, random: any RandomSource
    ) throws(FieldEncryptionError) -> Conversation {
        let key = try dataKey(Conversation.keyName(of: id))
        let secret = BSONValue.bytes(random.bytes(Self.repeatKeyLength))
        let sealed = try encryption.encrypt(secret, at: Self.repeatPlace(of: id), key: key)
        return Conversation(id: id, kind: kind, keyID: key, repeatKey: sealed, createdAt: now)
    }

    private func dataKey(_ name: String) throws(FieldEncryptionError) -> UniqueID {
        do {
            return try encryption.createDataKey(altName: name)
        } catch {
            guard case .store(.duplicateKey) = error else { throw error }
            guard let key = try encryption.dataKey(altName: name) else { throw .keyMissing }
            return key
        }
    }

    /// The encrypted text of a message at that place from that sender.
    public func seal(
        _ text: String, at place: StoredMessage.Place, from sender: UniqueID, in conversation: Conversation
    ) throws(FieldEncryptionError) -> BSONValue {
        try encryption.encrypt(.string(text), at: Self.place(place, sender), key: conversation.keyID)
    }

    /// A message's text; `nil` where it was deleted. Throws where the ciphertext is not where it was written.
    public func open(_ message: StoredMessage, in conversation: Conversation) throws(FieldEncryptionError) -> String? {
        guard let body = message.body, message.deletedAt == nil else { return nil }
        guard message.place.conversation == conversation.id else { throw .misplaced }
        let place = Self.place(message.place, message.sender)
        guard let text = try encryption.decrypt(body, at: place, key: conversation.keyID).string else {
            throw .undecryptable
        }
        return text
    }

    /// The keyed hash by which the same target and text are known again, though neither can be read from it.
    public func repeatHash(
        target: String, _ text: String, in conversation: Conversation
    ) throws(FieldEncryptionError) -> [UInt8] {
        let key = try repeatKeys.key(of: conversation.id) { () throws(FieldEncryptionError) in
            try repeatKey(of: conversation)
        }
        return HMAC.sha256(key: key, Array(target.utf8) + [0] + Array(text.utf8))
    }

    private func repeatKey(of conversation: Conversation) throws(FieldEncryptionError) -> [UInt8] {
        let place = Self.repeatPlace(of: conversation.id)
        guard
            let key = try encryption.decrypt(conversation.repeatKey, at: place, key: conversation.keyID).binary,
            key.count == Self.repeatKeyLength
        else { throw .undecryptable }
        return key
    }

    private static func place(_ place: StoredMessage.Place, _ sender: UniqueID) -> FieldPlace {
        FieldPlace(
            owner: place.conversation, document: place.id, field: "body", version: place.seq, sender: sender)
    }

    private static func repeatPlace(of conversation: UniqueID) -> FieldPlace {
        FieldPlace(owner: conversation, document: .id(conversation), field: "repeatKey")
    }
}
