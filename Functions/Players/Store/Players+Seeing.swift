public import AccountsAccess
import MessageRecords
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

extension Players {
    /// Whether what lies between a player and another shows in their lists.
    public func mayList(
        _ viewer: Person, _ other: Person, _ relation: Relation, at now: Timestamp
    ) throws(MongoError) -> Bool {
        let (own, player) = (try player(viewer.id), try player(other.id))
        return Standing.mayList(Standing(viewer, own), Standing(other, player), relation.bond, at: now)
    }

    /// Whether a player can block another: one whom he may see, has had to do with, or has heard in a community, and who
    /// has not blocked him. For whoever was blocked first, the other is not there.
    public func mayBlock(_ player: Person, _ other: Person, at now: Timestamp) throws(MongoError) -> Bool {
        guard player.id != other.id else { return false }
        let relation = try relations.between(player.id, other.id)
        if relation.blockedBy.contains(player.id) { return true }
        guard relation.blockedBy.isEmpty else { return false }
        if relation.request != nil { return true }
        if try mayView(player, other, relation.bond, at: now) { return true }
        for community in try reports.messages.communities(of: other.id)
        where try takesPart(player, in: community, at: now) {
            return true
        }
        return false
    }
}

extension Standing {
    init(_ account: Person, _ player: StoredPlayer, waitingRequests: Int = 0) {
        self.init(
            isActive: account.isActive, isHidden: player.isHidden, adultFrom: player.adultFrom,
            lastSeenAt: account.lastSeenAt, waitingRequests: waitingRequests)
    }
}
