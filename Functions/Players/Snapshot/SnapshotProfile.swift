public import PlayersDomain
public import Primitives

/// A player as far as finding those who fit needs him.
public struct SnapshotProfile: Hashable, Sendable {
    /// His account.
    public let accountID: UniqueID
    /// When he comes of age.
    public let adultFrom: Timestamp
    /// When he was last seen.
    public let lastSeenAt: Timestamp
    /// How the score sees him in the snapshot's week.
    public let scored: ScoredProfile

    /// Takes everything as it is.
    public init(accountID: UniqueID, adultFrom: Timestamp, lastSeenAt: Timestamp, scored: ScoredProfile) {
        self.accountID = accountID
        self.adultFrom = adultFrom
        self.lastSeenAt = lastSeenAt
        self.scored = scored
    }
}
