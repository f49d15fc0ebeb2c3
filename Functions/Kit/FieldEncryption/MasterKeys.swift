public import BSON
import Cryptography
import Primitives

/// The keys that data keys are wrapped under: the present one and, while a rotation lasts, the one before.
public struct MasterKeys: Equatable, Sendable {
    /// The number of bytes in each.
    public static let length = AuthenticatedCBC.keyLength

    let current: [UInt8]
    let previous: [UInt8]?
    /// What wraps data keys in the place of `current`; `nil` where that does it.
    let service: KeyService?

    /// Throws `.malformedMasterKey` for a key of another length.
    public init(
        current: [UInt8], previous: [UInt8]?, service: KeyService? = nil
    ) throws(FieldEncryptionError) {
        guard current.count == Self.length, previous.map({ $0.count == Self.length }) ?? true else {
            throw .malformedMasterKey
        }
        self.current = current
        self.previous = previous == current ? nil : previous
        self.service = service
    }

    /// Names what wraps data keys and tells nothing of it.
    public var fingerprint: String {
        service?.fingerprint ?? Self.fingerprint(of: current)
    }

    /// Whether there is something to wrap data keys anew from: a key before, or a service beside the local key.
    public var canRotate: Bool {
        previous != nil || service != nil
    }

    /// Names what wrapped data keys before; `nil` where there is nothing.
    var previousFingerprint: String? {
        service == nil ? previous.map(Self.fingerprint) : Self.fingerprint(of: current)
    }

    /// Whether one of these opens a data key as the vault holds it; `nil` where it is wrapped by another provider.
    public func opens(dataKey document: Document) -> Bool? {
        guard document["masterKey"]?.document?["provider"]?.string == "local",
            let material = document["keyMaterial"]?.binary
        else { return nil }
        return all.contains { AuthenticatedCBC.isSealed(material, under: $0) }
    }

    var all: [[UInt8]] {
        [current] + (previous.map { [$0] } ?? [])
    }

    private static func fingerprint(of key: [UInt8]) -> String {
        Hex.encode(HMAC.sha256(key: key, Array("master-key".utf8)).prefix(8))
    }
}
