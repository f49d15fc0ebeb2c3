import COpenSSL

extension SHA256 {
    /// A hash of what comes piece by piece.
    @safe
    public final class Hasher {
        private let context: OpaquePointer

        /// Begins with nothing.
        public init() {
            OpenSSL.ready
            guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("EVP_MD_CTX_new failed") }
            unsafe self.context = context
            let begun = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
            OpenSSL.require(begun == 1, "EVP_DigestInit_ex")
        }

        deinit {
            unsafe EVP_MD_CTX_free(context)
        }

        /// Adds a piece.
        public func update(_ piece: [UInt8]) {
            let result = unsafe EVP_DigestUpdate(context, piece, piece.count)
            OpenSSL.require(result == 1, "EVP_DigestUpdate")
        }

        /// The hash of all pieces; to be asked for once.
        public func finish() -> [UInt8] {
            unsafe [UInt8](unsafeUninitializedCapacity: SHA256.length) { buffer, filled in
                let result = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
                OpenSSL.require(result == 1, "EVP_DigestFinal_ex")
                filled = SHA256.length
            }
        }
    }
}
