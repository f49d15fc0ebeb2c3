import AccountsDomain
public import AccountsStore
import MongoDB
import PlayersDomain
public import Primitives

extension Players {
    /// Whether `viewer` may look `other` up; everybody with a profile may look himself up.
    public func mayView(
        _ viewer: (account: Account, player: StoredPlayer), _ other: (account: Account, player: StoredPlayer),
        at now: Timestamp
    ) -> Bool {
        if viewer.account.id == other.account.id { return other.player.hasProfile }
        return Standing.mayView(
            Standing(viewer.account, viewer.player), Standing(other.account, other.player), .none,
            sharesGame: viewer.player.sharesGame(with: other.player), at: now)
    }
}

extension Standing {
    fileprivate init(_ account: Account, _ player: StoredPlayer) {
        self.init(
            isActive: account.status == .active, isHidden: player.isHidden, adultFrom: player.adultFrom,
            lastSeenAt: account.lastSeenAt)
    }
}
