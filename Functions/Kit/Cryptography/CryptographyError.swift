/// A key that cannot be used, with OpenSSL's reasons and nothing of the key itself.
public enum CryptographyError: Error, Equatable, CustomStringConvertible {
    /// The text is no PEM of an unencrypted private key (PKCS#8, RFC 5958).
    case unreadableKey(reasons: [String])
    /// The key is sound but is none of Ed25519.
    case wrongKeyType

    /// One sentence for an operator.
    public var description: String {
        switch self {
        case .unreadableKey(let reasons): (["the private key cannot be read"] + reasons).joined(separator: ": ")
        case .wrongKeyType: "the private key is not an Ed25519 key"
        }
    }
}
