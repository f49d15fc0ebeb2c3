import Cryptography
import Primitives

/// The keys that events are signed with: the present one, and those before it, for verification alone.
public struct AuditKeys: Sendable {
    /// The key that signs.
    let current: AuditKey
    private let former: [AuditKey]

    /// Takes the contents of `audit-key` and, where it is there, `audit-key-previous`: all keys before, a line each.
    public init(current: [UInt8], previous: [UInt8]?) {
        self.current = AuditKey(current)
        former = (previous ?? []).split(separator: UInt8(ascii: "\n")).map { AuditKey(Array($0)) }
    }

    /// Signs something other than an event, with the present key; the purpose keeps kinds of messages apart.
    public func sign(_ message: [UInt8], for purpose: String) -> (keyID: String, mac: [UInt8]) {
        (current.id, current.mac(Self.bound(message, to: purpose)))
    }

    /// Whether ``sign(_:for:)`` made `mac` with one of these keys.
    public func isSigned(_ message: [UInt8], for purpose: String, keyID: String, mac: [UInt8]) -> Bool {
        self[keyID].map { constantTimeEqual($0.mac(Self.bound(message, to: purpose)), mac) } ?? false
    }

    /// No event's bytes begin with a zero: they would be a document of no length.
    private static func bound(_ message: [UInt8], to purpose: String) -> [UInt8] {
        [0, 0, 0, 0] + Array(purpose.utf8) + [0] + message
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
