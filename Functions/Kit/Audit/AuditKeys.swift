import Cryptography
import Primitives

/// The keys that events are signed with: the present one, and those before it, for verification alone.
public struct AuditKeys: Sendable {
    /// The key that signs.
    let current: AuditKey
    private let former: [AuditKey]

    /// Takes the contents of `audit-key` and, where it is there, `audit-key-previous`.
    public init(current: [UInt8], previous: [UInt8]?) {
        self.current = AuditKey(current)
        former = previous.map { [AuditKey($0)] } ?? []
    }

    /// The key of that id; `nil` where there is none.
    subscript(id: String) -> AuditKey? {
        ([current] + former).first { $0.id == id }
    }
}

/// One key; its id is a fingerprint that tells nothing of it.
struct AuditKey: Sendable {
    let id: String
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        id = Hex.encode(HMAC.sha256(key: bytes, Array("audit-key".utf8)).prefix(8))
    }

    func mac(_ message: [UInt8]) -> [UInt8] {
        HMAC.sha256(key: bytes, message)
    }
}
