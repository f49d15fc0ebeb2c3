public import AccountsAccess
public import PlayersDomain
public import Primitives

/// A player who looks for others, with all of his own that the answer depends on, read at once.
public struct MatchSearch {
    /// Who is looking.
    public let account: Person
    /// His profile and library as they are stored now.
    public let own: StoredPlayer
    /// How the score sees him in this week.
    public let scored: ScoredProfile
    /// The game that must be in common; `nil` for any.
    public let game: GameID?
    /// When he looks.
    public let now: Timestamp
    let bonds: [UniqueID: Bond]
    let calendar: WeekCalendar
}

/// A player who fits, with all that is shown of him.
public struct Match: Sendable {
    /// His account.
    public let account: Person
    /// His stored profile and library.
    public let player: StoredPlayer
    /// How well he fits.
    public let score: Score

    /// His place among others.
    public var candidate: Candidate { Candidate(accountID: account.id, score: score) }
}
