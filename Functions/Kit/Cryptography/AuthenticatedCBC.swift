import COpenSSL

/// AEAD_AES_256_CBC_HMAC_SHA_512 with MongoDB's layout of key and output (client-side encryption specification) and
/// no associated data: what a local master key wraps data keys with.
public enum AuthenticatedCBC {
    /// The number of bytes in a key: for the MAC, for the cipher, and 32 that serve the deterministic mode alone.
    public static let keyLength = 96
    /// The number of bytes in an initialization vector.
    public static let vectorLength = 16
    private static let halfLength = 32
    private static let tagLength = 32
    private static let blockLength = 16
    /// The length in bits of the associated data, which there is none of.
    private static let noAssociatedData = [UInt8](repeating: 0, count: 8)

    /// The vector, the ciphertext and the tag. The key has ``keyLength`` bytes, the vector ``vectorLength`` that were
    /// never used before; `nil` for other counts.
    public static func seal(_ plaintext: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8]? {
        guard key.count == keyLength, vector.count == vectorLength,
            let ciphertext = transform(plaintext, key, vector, encrypting: true)
        else { return nil }
        let covered = vector + ciphertext
        return covered + tag(over: covered, key)
    }

    /// What ``seal(_:key:vector:)`` sealed under `key`; `nil` for anything else.
    public static func open(_ sealed: [UInt8], key: [UInt8]) -> [UInt8]? {
        guard isSealed(sealed, under: key) else { return nil }
        let covered = sealed.dropLast(tagLength)
        return transform(
            Array(covered.dropFirst(vectorLength)), key, Array(covered.prefix(vectorLength)), encrypting: false)
    }

    /// Whether `sealed` was made under `key` and is unaltered.
    public static func isSealed(_ sealed: [UInt8], under key: [UInt8]) -> Bool {
        guard key.count == keyLength, sealed.count >= vectorLength + blockLength + tagLength else { return false }
        return constantTimeEqual(tag(over: Array(sealed.dropLast(tagLength)), key), Array(sealed.suffix(tagLength)))
    }

    private static func tag(over covered: [UInt8], _ key: [UInt8]) -> [UInt8] {
        Array(HMAC.sha512(key: Array(key[..<halfLength]), covered + noAssociatedData).prefix(tagLength))
    }

    private static func transform(
        _ input: [UInt8], _ key: [UInt8], _ vector: [UInt8], encrypting: Bool
    ) -> [UInt8]? {
        OpenSSL.ready
        defer { _ = OpenSSL.drainErrors() }
        guard let context = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("EVP_CIPHER_CTX_new failed") }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        let cipherKey = Array(key[halfLength..<2 * halfLength])
        let begun = unsafe EVP_CipherInit_ex(context, EVP_aes_256_cbc(), nil, cipherKey, vector, encrypting ? 1 : 0)
        OpenSSL.require(begun == 1, "EVP_CipherInit_ex")
        var output = [UInt8](repeating: 0, count: input.count + blockLength)
        var first: CInt = 0
        var last: CInt = 0
        guard unsafe EVP_CipherUpdate(context, &output, &first, input, CInt(input.count)) == 1 else { return nil }
        let isDone = unsafe output.withUnsafeMutableBufferPointer { buffer in
            unsafe EVP_CipherFinal_ex(context, buffer.baseAddress.map { unsafe $0 + Int(first) }, &last) == 1
        }
        guard isDone else { return nil }
        output.removeLast(output.count - Int(first + last))
        return output
    }
}
