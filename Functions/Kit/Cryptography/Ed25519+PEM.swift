import COpenSSL

extension Ed25519.PrivateKey {
    /// The longest PEM text that is looked at; an Ed25519 key takes 119 bytes.
    private static let longestPEM = 16_384

    /// Reads an unencrypted private key in PEM (PKCS#8, RFC 8410); never asks for a passphrase.
    public convenience init(pem: [UInt8]) throws(CryptographyError) {
        OpenSSL.ready
        guard pem.count <= Self.longestPEM else { throw .unreadableKey(reasons: ["it is too long"]) }
        guard let handle = unsafe Self.read(pem) else { throw .unreadableKey(reasons: OpenSSL.drainErrors()) }
        guard unsafe EVP_PKEY_get_id(handle) == EVP_PKEY_ED25519 else {
            unsafe EVP_PKEY_free(handle)
            throw .wrongKeyType
        }
        unsafe self.init(owning: handle)
    }

    /// The key in PEM (PKCS#8, unencrypted), ending with a newline; for its secret file alone.
    public var pem: [UInt8] {
        unsafe Self.withBuffer(unsafe BIO_new(BIO_s_secmem())) { buffer in
            let written = unsafe withHandle { handle in
                unsafe PEM_write_bio_PKCS8PrivateKey(buffer, handle, nil, nil, 0, nil, nil)
            }
            OpenSSL.require(written == 1, "PEM_write_bio_PKCS8PrivateKey")
            return unsafe [UInt8](unsafeUninitializedCapacity: Self.longestPEM) { bytes, filled in
                filled = Int(unsafe BIO_read(buffer, bytes.baseAddress, CInt(bytes.count)))
            }
        }
    }

    private static func read(_ pem: [UInt8]) -> OpaquePointer? {
        unsafe withBuffer(unsafe BIO_new_mem_buf(pem, CInt(pem.count))) { buffer in
            unsafe PEM_read_bio_PrivateKey(buffer, nil, { _, _, _, _ in -1 }, nil)
        }
    }

    private static func withBuffer<Result>(_ buffer: OpaquePointer?, _ body: (OpaquePointer) -> Result) -> Result {
        guard let buffer = unsafe buffer else { preconditionFailure(OpenSSL.failure(of: "BIO_new")) }
        defer { unsafe BIO_free_all(buffer) }
        return unsafe body(buffer)
    }
}
