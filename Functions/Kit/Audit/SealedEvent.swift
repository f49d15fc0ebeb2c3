public import BSON
import Primitives

/// A stored event: what its writer signed, and its place in the chain once it has one.
public struct SealedEvent: Sendable {
    static let unsealedField = "unsealed"
    private static let signature = "mac"

    /// The whole stored document.
    public let document: Document
    /// Its place in the chain, from 1; `nil` while it is not sealed.
    public let seq: Int64?
    /// The hash of the event before it.
    public let previousHash: [UInt8]?
    /// Its own hash, over its place, the hash before and all that its writer signed.
    public let hash: [UInt8]?

    /// Takes a stored event.
    public init(_ document: Document) {
        self.document = document
        seq = document["seq"]?.integer
        previousHash = document["previousHash"]?.binary
        hash = document["hash"]?.binary
    }

    /// Whether the signature is the one that its writer made, over what stands before it.
    func isGenuine(_ keys: AuditKeys) -> Bool {
        guard let key = document["keyId"]?.string.flatMap({ keys[$0] }), let mac = document[Self.signature]?.binary
        else { return false }
        let signed = Document(Array(document.elements.prefix { $0.name != Self.signature }))
        return mac == key.mac(signed.bytes)
    }

    /// The event's hash at `seq` behind an event with the hash `previous`, under the key that it was signed with.
    func hash(at seq: Int64, after previous: [UInt8], _ keys: AuditKeys) -> [UInt8]? {
        guard let key = document["keyId"]?.string.flatMap({ keys[$0] }), let mac = document[Self.signature]?.binary
        else { return nil }
        let place = (0..<8).map { UInt8(truncatingIfNeeded: seq >> (56 - 8 * $0)) }
        return key.mac(Array("seal".utf8) + place + previous + mac)
    }
}
