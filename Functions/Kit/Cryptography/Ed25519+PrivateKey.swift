import COpenSSL

extension Ed25519 {
    /// A private key; OpenSSL holds its bytes and wipes them when the last owner lets go.
    ///
    /// `@unchecked Sendable`: the key is never changed once made, and OpenSSL lets threads share a key to read it.
    @safe
    public final class PrivateKey: @unchecked Sendable {
        /// The number of bytes that a key is derived from (RFC 8032, section 5.1.5).
        public static let seedLength = 32

        private let handle: OpaquePointer

        /// Takes over `handle`, which is known to be an Ed25519 key.
        init(owning handle: OpaquePointer) {
            unsafe self.handle = unsafe handle
        }

        deinit {
            unsafe EVP_PKEY_free(handle)
        }

        /// The key that RFC 8032 derives from 32 secret bytes; `nil` for another count.
        public convenience init?(seed: [UInt8]) {
            guard seed.count == Self.seedLength else { return nil }
            OpenSSL.ready
            let handle = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            guard let handle = unsafe handle else { preconditionFailure(OpenSSL.failure(of: "EVP_PKEY_new")) }
            unsafe self.init(owning: handle)
        }

        /// Makes a new key with OpenSSL's generator for private values.
        public static func generate() -> PrivateKey {
            OpenSSL.ready
            var seed = [UInt8](repeating: 0, count: seedLength)
            defer { wipe(&seed) }
            unsafe OpenSSL.require(RAND_priv_bytes(&seed, CInt(seedLength)) == 1, "RAND_priv_bytes")
            guard let key = PrivateKey(seed: seed) else { preconditionFailure("a seed of the right length is a key") }
            return key
        }

        /// The public key, 32 raw bytes.
        public var publicKey: [UInt8] {
            unsafe [UInt8](unsafeUninitializedCapacity: publicKeyLength) { buffer, filled in
                filled = publicKeyLength
                let result = unsafe EVP_PKEY_get_raw_public_key(handle, buffer.baseAddress, &filled)
                OpenSSL.require(result == 1, "EVP_PKEY_get_raw_public_key")
            }
        }

        /// The signature over `message`, 64 bytes; the same for the same message.
        public func sign(_ message: [UInt8]) -> [UInt8] {
            unsafe withContext { context in
                unsafe [UInt8](unsafeUninitializedCapacity: signatureLength) { buffer, filled in
                    filled = signatureLength
                    let begun = unsafe EVP_DigestSignInit(context, nil, nil, nil, handle)
                    OpenSSL.require(begun == 1, "EVP_DigestSignInit")
                    let result = unsafe EVP_DigestSign(context, buffer.baseAddress, &filled, message, message.count)
                    OpenSSL.require(result == 1, "EVP_DigestSign")
                }
            }
        }

        /// Lends OpenSSL's key to `body`.
        func withHandle<Result>(_ body: (OpaquePointer) -> Result) -> Result {
            unsafe body(handle)
        }
    }
}
