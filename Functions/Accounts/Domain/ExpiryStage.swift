public import Primitives

/// How near the end of credentials is; each stage is told of once.
public enum ExpiryStage: Int64, CaseIterable, Sendable {
    /// They have ended.
    case over = 0
    /// They end within a day.
    case day = 1
    /// They end within a week.
    case week = 7
    /// They end within 14 days.
    case fortnight = 14

    private static let dayLength: Int64 = 86_400_000

    /// The stage of credentials that end at `expiresAt`; `nil` while more than 14 days are left.
    public static func of(expiresAt: Timestamp, at now: Timestamp) -> ExpiryStage? {
        allCases.first { expiresAt <= $0.latestEnd(at: now) }
    }

    /// The latest end that credentials of this stage have at `now`.
    public func latestEnd(at now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds + rawValue * Self.dayLength)
    }

    /// The stages before this one, which it replaces where they were missed.
    public var earlier: [ExpiryStage] {
        Self.allCases.filter { $0.rawValue > rawValue }
    }

    /// The stage after this one; `nil` for the last.
    public var next: ExpiryStage? {
        Self.allCases.last { $0.rawValue < rawValue }
    }
}
