import COpenSSL

/// SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// The number of bytes in a hash.
    public static let length = 32

    /// The hash of `message`.
    public static func hash(_ message: [UInt8]) -> [UInt8] {
        OpenSSL.ready
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, filled in
            let result = unsafe EVP_Digest(message, message.count, buffer.baseAddress, nil, EVP_sha256(), nil)
            OpenSSL.require(result == 1, "EVP_Digest")
            filled = length
        }
    }
}
