public import Platform
public import Primitives

/// Password hashes with Argon2id (RFC 9106) as PHC strings; each call fills 19 MiB for about 12 ms.
public enum PasswordHash {
    /// A well-formed hash at the current cost whose password nobody knows: checked for a login that does not exist.
    public static let dummy =
        "$argon2id$v=19$m=19456,t=2,p=1$hEGR+JVfiavFeuCq1gq56Q$bcNvmiHwDNSILzK73zjUHqCjUWpUUXXXjkDX1ha3r98"

    private static let saltLength = 16
    private static let hashLength = 32

    /// Hashes `password` with a new salt: `$argon2id$v=19$m=19456,t=2,p=1$…`.
    public static func make(
        _ password: [UInt8], random: some RandomSource = SystemRandom()
    ) throws(PasswordHashError) -> String {
        let salt = random.bytes(saltLength)
        let hash = try Sodium.argon2id(password, salt: salt, length: hashLength, .current)
        return PHCString(parameters: .current, salt: salt, hash: hash).text
    }

    /// Whether `password` is the one that `phc` was made from; throws `.malformed` for costs that are out of bounds.
    public static func verify(_ phc: String, _ password: [UInt8]) throws(PasswordHashError) -> Bool {
        guard let stored = PHCString(parsing: phc) else { throw .malformed }
        return try Sodium.verify(stored.text, password)
    }

    /// Whether `phc` costs less than what new hashes do, or is none of ours: to be made anew at the next login.
    public static func needsRaise(_ phc: String) -> Bool {
        guard let stored = PHCString(parsing: phc) else { return true }
        return stored.parameters.areBelowCurrent || stored.hash.count < hashLength || stored.salt.count < saltLength
    }
}
