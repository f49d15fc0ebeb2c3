import COpenSSL

/// Keyed hashes (RFC 2104, FIPS 198-1) of a message under a key of any length.
public enum HMAC {
    /// HMAC-SHA-1, 20 bytes; for one-time passwords alone.
    public static func sha1(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        compute(.sha1, key, message)
    }

    /// HMAC-SHA-256, 32 bytes.
    public static func sha256(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        compute(.sha256, key, message)
    }

    /// HMAC-SHA-512, 64 bytes.
    public static func sha512(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        compute(.sha512, key, message)
    }

    private static func compute(_ hash: HashAlgorithm, _ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        OpenSSL.ready
        return unsafe [UInt8](unsafeUninitializedCapacity: hash.length) { buffer, filled in
            let length = CInt(key.count)
            let result = unsafe COpenSSL.HMAC(
                hash.implementation, key, length, message, message.count, buffer.baseAddress, nil)
            unsafe OpenSSL.require(result != nil, "HMAC")
            filled = hash.length
        }
    }
}
