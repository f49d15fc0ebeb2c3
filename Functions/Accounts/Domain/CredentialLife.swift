public import Primitives

/// How long a set of credentials lives.
public struct CredentialLife: Equatable, Sendable {
    /// The lifetime where nothing else is configured, about half a year.
    public static let standard = CredentialLife(validDays: 182)
    /// The days before the end in which the owner is told to renew.
    public static let noticeDays: Int64 = 14

    /// The lifetime in days.
    public let days: Int

    /// A lifetime of 1 to 3650 days; `nil` for any other number.
    public init?(days: Int) {
        guard (1...3650).contains(days) else { return nil }
        self.init(validDays: days)
    }

    private init(validDays: Int) {
        days = validDays
    }

    /// When credentials issued at `issuedAt` end.
    public func end(issuedAt: Timestamp) -> Timestamp {
        Timestamp(milliseconds: issuedAt.milliseconds + Int64(days) * Self.day)
    }

    /// Whether credentials that end at `expiresAt` are in their last 14 days, or past them.
    public static func renewSoon(expiresAt: Timestamp, now: Timestamp) -> Bool {
        now.milliseconds >= expiresAt.milliseconds - noticeDays * day
    }

    /// Whether credentials that end at `expiresAt` have ended; at that very instant they have.
    public static func isExpired(expiresAt: Timestamp, now: Timestamp) -> Bool {
        now >= expiresAt
    }

    private static let day: Int64 = 86_400_000
}
