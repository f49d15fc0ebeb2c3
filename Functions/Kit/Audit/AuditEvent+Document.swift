import BSON
import Primitives

extension AuditEvent {
    /// The event's fields in their fixed order, as they are signed.
    func document(id: UniqueID, writer: UniqueID, number: Int64) -> Document {
        var document: Document = [
            "_id": .id(id), "at": .date(at), "type": .string(kind.rawValue), "actor": actor.value,
            "subject": subject.value, "outcome": .string(outcome.rawValue),
            "correlationId": .string(String(correlationID.prefix(128))),
        ]
        if let sealedAddress {
            document.append("clientAddress", sealedAddress.ciphertext)
            document.append("addressOwner", sealedAddress.owner.map(BSONValue.id) ?? .null)
        }
        if let heads {
            document.append("restoredHead", heads.restored.map { .string($0.line) } ?? .null)
            document.append("outsideHead", heads.outside.map { .string($0.line) } ?? .null)
        }
        document.append("writer", ["id": .id(writer), "n": .int64(number)])
        return document
    }
}

extension AuditEvent.Party {
    var value: BSONValue {
        switch self {
        case .account(let id): ["account": .id(id)]
        case .login(let hash): ["login": .bytes(hash)]
        case .anyone: ["anyone": true]
        case .system: ["system": true]
        }
    }
}
