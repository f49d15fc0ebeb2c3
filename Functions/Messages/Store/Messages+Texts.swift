import Audit
import FieldEncryption
import Installation
public import MessageRecords
import Primitives
public import Runtime

/// What a reader gets of a message.
public enum ReadableText: Equatable, Sendable {
    /// Its text.
    case text(String)
    /// It was deleted for everyone.
    case deleted
    /// Its ciphertext is not where it was written, or its key is gone.
    case refused
}

extension Messages {
    private static let mostTold = 10_000

    /// A message's text for `reader`; one whose ciphertext is not in its place is refused, and told in the audit once
    /// by each process.
    public func text(
        of message: StoredMessage, _ view: ConversationView, _ context: Context
    ) throws -> ReadableText {
        guard let conversation = view.conversation else { return .refused }
        do {
            return try sealer.open(message, in: conversation).map(ReadableText.text) ?? .deleted
        } catch .store(let error) {
            throw error
        } catch .wrongMasterKey {
            throw FieldEncryptionError.wrongMasterKey
        } catch {
            try tell(message.place, of: message.sender, view.viewer, context)
            return .refused
        }
    }

    private func tell(
        _ place: StoredMessage.Place, of sender: UniqueID, _ reader: UniqueID, _ context: Context
    ) throws {
        if told.count >= Self.mostTold { told.removeAll() }
        guard told.insert(place).inserted else { return }
        context.log.write(.error, "field.refused")
        try installation.audit.write(
            AuditEvent(
                .fieldRefused, by: .account(reader), on: .account(sender), .refused, call: context.callID,
                at: context.now))
    }
}
