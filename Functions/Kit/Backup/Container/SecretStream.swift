import CSodium
import Cryptography

/// libsodium's stream of pieces (XChaCha20-Poly1305): each is bound to those before it, and the last one is marked.
struct SecretStream {
    static let keyLength = Int(crypto_secretstream_xchacha20poly1305_KEYBYTES)
    static let headerLength = Int(crypto_secretstream_xchacha20poly1305_HEADERBYTES)
    /// By how many bytes a piece grows.
    static let overhead = Int(crypto_secretstream_xchacha20poly1305_ABYTES)

    private var state = crypto_secretstream_xchacha20poly1305_state()

    static func newKey() -> [UInt8] {
        Sodium.ready
        var key = [UInt8](repeating: 0, count: keyLength)
        unsafe crypto_secretstream_xchacha20poly1305_keygen(&key)
        return key
    }

    /// Begins writing; gives the stream's header.
    static func writing(key: [UInt8]) -> (SecretStream, header: [UInt8]) {
        var stream = SecretStream()
        var header = [UInt8](repeating: 0, count: headerLength)
        unsafe crypto_secretstream_xchacha20poly1305_init_push(&stream.state, &header, key)
        return (stream, header)
    }

    /// Begins reading.
    static func reading(key: [UInt8], header: [UInt8]) throws(BackupError) -> SecretStream {
        var stream = SecretStream()
        guard key.count == keyLength, header.count == headerLength,
            unsafe crypto_secretstream_xchacha20poly1305_init_pull(&stream.state, header, key) == 0
        else { throw .damaged }
        return stream
    }

    mutating func seal(_ piece: [UInt8], bound to: [UInt8], isLast: Bool) -> [UInt8] {
        let tag = isLast ? UInt8(crypto_secretstream_xchacha20poly1305_TAG_FINAL) : 0
        var sealed = [UInt8](repeating: 0, count: piece.count + Self.overhead)
        unsafe crypto_secretstream_xchacha20poly1305_push(
            &state, &sealed, nil, piece, UInt64(piece.count), to, UInt64(to.count), tag)
        return sealed
    }

    mutating func open(_ sealed: [UInt8], bound to: [UInt8]) throws(BackupError) -> (piece: [UInt8], isLast: Bool) {
        guard sealed.count >= Self.overhead else { throw .damaged }
        var piece = [UInt8](repeating: 0, count: sealed.count - Self.overhead)
        var tag: UInt8 = 0
        let result = unsafe crypto_secretstream_xchacha20poly1305_pull(
            &state, &piece, nil, &tag, sealed, UInt64(sealed.count), to, UInt64(to.count))
        guard result == 0 else { throw .damaged }
        return (piece, tag == UInt8(crypto_secretstream_xchacha20poly1305_TAG_FINAL))
    }
}
