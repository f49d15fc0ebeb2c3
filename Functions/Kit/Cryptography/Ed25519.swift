import COpenSSL

/// Signatures with Ed25519 (RFC 8032).
public enum Ed25519 {
    /// The number of bytes in a public key.
    public static let publicKeyLength = 32
    /// The number of bytes in a signature.
    public static let signatureLength = 64

    /// Whether `signature` over `message` was made with the private key that belongs to the raw `publicKey`.
    public static func verify(_ signature: [UInt8], of message: [UInt8], publicKey: [UInt8]) -> Bool {
        guard signature.count == signatureLength, publicKey.count == publicKeyLength else { return false }
        OpenSSL.ready
        defer { _ = OpenSSL.drainErrors() }
        let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, publicKey.count)
        guard let key = unsafe key else { return false }
        defer { unsafe EVP_PKEY_free(key) }
        return unsafe withContext { context in
            guard unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1 else { return false }
            return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    /// Lends a new digest context to `body`.
    static func withContext<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("EVP_MD_CTX_new failed") }
        defer { unsafe EVP_MD_CTX_free(context) }
        return unsafe body(context)
    }
}
