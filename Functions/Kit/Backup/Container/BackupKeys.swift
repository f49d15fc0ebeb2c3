import CSodium
import Cryptography
import Primitives

/// The key that backups are encrypted for (X25519); who has it can make backups and read none.
public struct BackupPublicKey: Equatable, Sendable {
    /// The number of bytes.
    public static let length = 32
    /// The raw key.
    public let bytes: [UInt8]

    /// Reads the key's text, base64; `nil` for anything else.
    public init?(text: String) {
        guard let bytes = Base64.standard.decode(text), bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The key as text.
    public var text: String {
        Base64.standard.encode(bytes)
    }

    /// What only the private key opens (libsodium's sealed box).
    func seal(_ message: [UInt8]) throws(BackupError) -> [UInt8] {
        Sodium.ready
        var sealed = [UInt8](repeating: 0, count: message.count + crypto_box_sealbytes())
        guard unsafe crypto_box_seal(&sealed, message, UInt64(message.count), bytes) == 0 else { throw .foreign }
        return sealed
    }
}

/// The key that opens backups; wiped when its owner lets it go.
public final class BackupPrivateKey {
    private var bytes: [UInt8]
    /// The key to encrypt with.
    public let publicKey: BackupPublicKey

    /// Makes a new key.
    public init() {
        Sodium.ready
        var made = [UInt8](repeating: 0, count: Int(crypto_box_SECRETKEYBYTES))
        var published = [UInt8](repeating: 0, count: BackupPublicKey.length)
        unsafe crypto_box_keypair(&published, &made)
        bytes = made
        publicKey = BackupPublicKey(bytes: published)
    }

    /// Reads the key's text, base64, with or without a newline; `nil` for anything else.
    public init?(text: String) {
        Sodium.ready
        let line = text.hasSuffix("\n") ? String(text.dropLast()) : text
        guard let decoded = Base64.standard.decode(line), decoded.count == Int(crypto_box_SECRETKEYBYTES) else {
            return nil
        }
        var published = [UInt8](repeating: 0, count: BackupPublicKey.length)
        guard unsafe crypto_scalarmult_base(&published, decoded) == 0 else { return nil }
        bytes = decoded
        publicKey = BackupPublicKey(bytes: published)
    }

    deinit {
        wipe(&bytes)
    }

    /// The key as text.
    public var text: String {
        Base64.standard.encode(bytes)
    }

    /// What was sealed for the public key; throws `.wrongKey` for anything else.
    func open(_ sealed: [UInt8]) throws(BackupError) -> [UInt8] {
        guard sealed.count >= crypto_box_sealbytes() else { throw .damaged }
        var message = [UInt8](repeating: 0, count: sealed.count - crypto_box_sealbytes())
        guard unsafe crypto_box_seal_open(&message, sealed, UInt64(sealed.count), publicKey.bytes, bytes) == 0 else {
            throw .wrongKey
        }
        return message
    }
}

enum Sodium {
    static let ready: Void = {
        precondition(sodium_init() >= 0, "sodium_init failed")
    }()
}
