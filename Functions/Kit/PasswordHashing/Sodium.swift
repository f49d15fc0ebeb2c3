import CHugePages
import CSodium
import Glibc

/// libsodium's Argon2id, in huge pages that are kept: it maps its memory anew for each hash, and in small pages the
/// kernel's part of that is half of the time.
enum Sodium {
    private static let ready: Void = {
        precondition(sodium_init() >= 0, "sodium_init failed")
    }()

    /// Computes the raw hash with one lane; `salt` has 16 bytes.
    static func argon2id(
        _ password: [UInt8], salt: [UInt8], length: Int, _ cost: Argon2Parameters
    ) throws(PasswordHashError) -> [UInt8] {
        ready
        precondition(salt.count == Int(crypto_pwhash_SALTBYTES) && cost.lanes == 1)
        chugepages_begin()
        defer { chugepages_end() }
        var hash = [UInt8](repeating: 0, count: length)
        let result = withCharacters(of: password) { characters in
            unsafe crypto_pwhash(
                &hash, UInt64(length), characters, UInt64(characters.count), salt, UInt64(cost.passes),
                cost.memory * 1024, crypto_pwhash_ALG_ARGON2ID13)
        }
        guard result == 0 else { throw .outOfMemory }
        return hash
    }

    /// Computes the hash anew at the cost that `phc` names and compares in constant time.
    static func verify(_ phc: String, _ password: [UInt8]) throws(PasswordHashError) -> Bool {
        ready
        chugepages_begin()
        defer { chugepages_end() }
        errno = 0
        let result = withCharacters(of: password) { characters in
            unsafe crypto_pwhash_argon2id_str_verify(phc, characters, UInt64(characters.count))
        }
        if result == 0 { return true }
        guard errno == EINVAL else { throw .outOfMemory }
        return false
    }

    /// Lends the password in C's type; the copy is wiped.
    private static func withCharacters<Result>(of password: [UInt8], _ body: ([CChar]) -> Result) -> Result {
        var characters = password.map { CChar(bitPattern: $0) }
        defer { unsafe sodium_memzero(&characters, characters.count) }
        return body(characters)
    }
}
