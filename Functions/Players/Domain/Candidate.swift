public import Primitives

/// A player who was scored, and his place among others.
public struct Candidate: Hashable, Comparable, Sendable {
    /// His account.
    public let accountID: UniqueID
    /// How well he fits.
    public let score: Score

    /// Takes both as they are.
    public init(accountID: UniqueID, score: Score) {
        self.accountID = accountID
        self.score = score
    }

    /// Whether `one` stands before `other` in a list: by total, by shared time, then by account id.
    public static func < (one: Candidate, other: Candidate) -> Bool {
        if one.score.total != other.score.total { return one.score.total > other.score.total }
        if one.score.overlap != other.score.overlap { return one.score.overlap > other.score.overlap }
        return one.accountID < other.accountID
    }
}
