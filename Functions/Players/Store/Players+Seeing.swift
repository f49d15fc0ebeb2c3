public import AccountsAccess
public import MongoDB
public import PlayersDomain
public import Primitives

extension Players {
    /// Whether `viewer` may look `other` up; everybody with a profile may look himself up.
    public func mayView(
        _ viewer: Person, _ other: Person, _ bond: Bond, at now: Timestamp
    ) throws(MongoError) -> Bool {
        let player = try player(other.id)
        if viewer.id == other.id { return player.hasProfile }
        let own = try self.player(viewer.id)
        return Standing.mayView(
            Standing(viewer, own), Standing(other, player), bond, sharesGame: own.sharesGame(with: player), at: now)
    }
}

extension Standing {
    init(_ account: Person, _ player: StoredPlayer, waitingRequests: Int = 0) {
        self.init(
            isActive: account.isActive, isHidden: player.isHidden, adultFrom: player.adultFrom,
            lastSeenAt: account.lastSeenAt, waitingRequests: waitingRequests)
    }
}
