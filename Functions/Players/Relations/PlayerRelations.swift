public import Installation
public import MongoDB
import PlayersDomain
import PlayersStore
public import Primitives

/// Who is related to whom: the one thing that other packs take from the players'.
public struct PlayerRelations {
    let directory: PlayerDirectory

    /// The relations of an installation's players.
    public init(_ installation: Installation) {
        directory = PlayerDirectory(installation)
    }

    /// What lies between two players.
    public func tie(_ one: UniqueID, _ other: UniqueID) throws(MongoError) -> Tie {
        guard one != other else { return .none }
        let relation = try directory.relations.between(one, other)
        switch relation.bond {
        case .teammates: return .teammates
        case .blocked: return .blocked(since: relation.partedAt)
        default: return .none
        }
    }

    /// Whether two may write to each other: teammates, as long as both are under age or both of age.
    public func mayWrite(_ one: UniqueID, _ other: UniqueID, at now: Timestamp) throws(MongoError) -> Bool {
        guard try tie(one, other) == .teammates else { return false }
        let groups = try directory.adultsFrom([one, other]).map { AgeGroup(adultFrom: $0, at: now) }
        return groups.count == 2 && groups[0] == groups[1]
    }

    /// All whom a player has blocked, and who have blocked him.
    public func blocked(_ player: UniqueID) throws(MongoError) -> [UniqueID: Timestamp?] {
        var blocked: [UniqueID: Timestamp?] = [:]
        for relation in try directory.relations.blocked(player) {
            if let other = relation.other(than: player) { blocked[other] = .some(relation.partedAt) }
        }
        return blocked
    }

    /// The names that players show to others; those without a profile are left out.
    public func displayNames(_ players: [UniqueID]) throws(MongoError) -> [UniqueID: String] {
        try directory.displayNames(players)
    }
}
