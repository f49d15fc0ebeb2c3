import PlayersDomain
public import Primitives

/// Whom a player is looking for, in the snapshot's own numbers.
public struct SnapshotQuery {
    let own: PackedID
    let isAdult: Bool
    let today: Int32
    /// The earliest noted sight that may count.
    let seenSince: UInt32
    let total: UInt64
    let hours: [UInt64]
    /// How many of the own half hours lie in another's parts of each day.
    let shares: [UInt8]
    /// What sharing half hours earns, by another's size and their number.
    let availability: [Int32]
    let languages: [UInt64]
    /// What each packed byte of preferences earns.
    let points: [Int32]
    let games: [PackedGame]
    /// The game that must be in common.
    let required: String?

    private static let month: Int64 = 30 * 86_400

    /// The players who may be shown to `own` at `now`; with `required`, those who have that game in common.
    public init(_ own: SnapshotProfile, required: String? = nil, at now: Timestamp) {
        self.own = PackedID(own.accountID)
        isAdult = own.adultFrom <= now
        today = Int32(clamping: now.seconds.floorDivided(by: 86_400))
        seenSince = max(1, UInt32(clamping: now.seconds - Self.month))
        let packed = PackedProfile(own)
        total = UInt64(packed.total)
        hours = packed.hours
        shares = CoarseHours.shares(of: packed.hours)
        availability = CoarseHours.points(ownSize: Int32(min(CoarseHours.enough, own.scored.hours.size)))
        languages = packed.languages
        points = PackedPreferences.points(beside: own.scored.preferences)
        games = packed.games
        self.required = required
    }
}

/// What two players' common games come to, gathered in one word so that a game adds to it with one addition: nearness of
/// ranks in the lowest half, the other's weights and the own ones in sixteen bits each, on top whether a game that is
/// required was among them.
enum CommonGames {
    static let required: UInt64 = 1 << 63

    /// What each nine bits of another's weight and rank add beside an own game.
    static func additions(beside own: PackedGame) -> [UInt64] {
        let (weight, rank) = (PackedGame.weight(Int(own.level)), PackedGame.rank(Int(own.level)))
        return (0..<PackedGame.levels).map { level in
            let other = PackedGame.weight(level)
            let near = (weight + other) * max(0, 75 - abs(rank - PackedGame.rank(level)))
            return UInt64(weight) << 48 | UInt64(other) << 32 | UInt64(near)
        }
    }
}
