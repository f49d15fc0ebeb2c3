import Cryptography
import Primitives

/// The keys that data keys are wrapped under: the present one and, while a rotation lasts, the one before.
public struct MasterKeys: Equatable, Sendable {
    /// The number of bytes in each.
    public static let length = AuthenticatedCBC.keyLength

    let current: [UInt8]
    let previous: [UInt8]?

    /// Throws `.malformedMasterKey` for a key of another length.
    public init(current: [UInt8], previous: [UInt8]?) throws(FieldEncryptionError) {
        guard current.count == Self.length, previous.map({ $0.count == Self.length }) ?? true else {
            throw .malformedMasterKey
        }
        self.current = current
        self.previous = previous == current ? nil : previous
    }

    /// Names the present key and tells nothing of it.
    public var fingerprint: String {
        Self.fingerprint(of: current)
    }

    /// Names the key before; `nil` where there is none.
    public var previousFingerprint: String? {
        previous.map(Self.fingerprint)
    }

    var all: [[UInt8]] {
        [current] + (previous.map { [$0] } ?? [])
    }

    private static func fingerprint(of key: [UInt8]) -> String {
        Hex.encode(HMAC.sha256(key: key, Array("master-key".utf8)).prefix(8))
    }
}
