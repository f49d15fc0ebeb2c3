/// The public keys for others who check access tokens (RFC 7517, section 5).
public enum JSONWebKeySet {
    /// The JSON document with `publicKeys` (32 raw bytes each), in this order.
    public static func document(_ publicKeys: [[UInt8]]) -> [UInt8] {
        []
    }

    /// The thumbprint of an Ed25519 key, its `kid` (RFC 7638, RFC 8037 appendix A.3): base64url of a SHA-256.
    public static func thumbprint(_ publicKey: [UInt8]) -> String {
        ""
    }
}
