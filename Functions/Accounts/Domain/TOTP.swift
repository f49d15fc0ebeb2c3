public import Primitives

/// Time-based one-time passwords: RFC 6238 with SHA-1, six digits, 30 seconds.
///
/// The keyed hash comes from outside, so that this stays free of any library.
public struct TOTP {
    /// Computes HMAC-SHA-1 (RFC 2104) of a message under a key: 20 bytes.
    public typealias KeyedHash = (_ key: [UInt8], _ message: [UInt8]) -> [UInt8]

    /// The number of bytes in a new secret (RFC 4226, section 4, R6).
    public static let secretLength = 20
    /// The number of digits in a code.
    public static let digits = 6
    /// The seconds that a code is for.
    public static let period: Int64 = 30
    /// How many steps a phone's clock may be off, either way.
    public static let drift: Int64 = 1

    private let secret: [UInt8]
    private let hmacSHA1: KeyedHash

    /// Codes under `secret`, computed by `hmacSHA1`.
    public init(secret: [UInt8], hmacSHA1: @escaping KeyedHash) {
        self.secret = secret
        self.hmacSHA1 = hmacSHA1
    }

    /// The number of whole periods from 1970 to `now`.
    public static func step(at now: Timestamp) -> Int64 {
        let seconds = now.seconds
        return seconds >= 0 ? seconds / period : (seconds + 1) / period - 1
    }

    /// The code of `step`, six ASCII digits (RFC 4226, section 5.3).
    public func code(_ step: Int64) -> String {
        let counter = UInt64(bitPattern: step)
        let digest = hmacSHA1(secret, (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * UInt64($0))) })
        let offset = Int((digest.last ?? 0) & 0x0f)
        let number = digest[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }
}
