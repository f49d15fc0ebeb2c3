import AccountsAccess
import BSON
import MongoDB
import PlayersDomain
import PlayersStore
import Primitives

/// Every player there is, read whole, to be judged one by one.
struct EveryPlayer {
    private let players: [StoredPlayer]
    private let scored: [UniqueID: ScoredProfile]
    private let people: [UniqueID: Person]
    private let bonds: [[UniqueID]: Bond]
    private let waiting: [UniqueID: Int]

    init(_ site: Site) throws {
        let ids = try site.collection("players").find([:], projection: ["_id": 1]).compactMap { $0["_id"]?.id }
        players = try site.players.stored(ids)
        let calendar = WeekCalendar(site.players.zones, week: WeekHours.monday(before: site.clock.now))
        scored = Dictionary(uniqueKeysWithValues: players.map { ($0.accountID, $0.scored(in: calendar)) })
        people = Dictionary(uniqueKeysWithValues: try site.players.access.people(ids).map { ($0.id, $0) })
        waiting = try site.players.relations.waiting(for: ids)
        var bonds: [[UniqueID]: Bond] = [:]
        for document in try site.collection("relations").find([:], projection: ["players": 1]) {
            let pair = (document["players"]?.array ?? []).compactMap(\.id)
            guard pair.count == 2 else { continue }
            bonds[pair] = try site.players.relations.between(pair[0], pair[1]).bond
        }
        self.bonds = bonds
    }

    /// Those who fit best, by MATCHING's rules and order.
    func best(for own: UniqueID, game: String?, limit: Int, at now: Timestamp) -> [Candidate] {
        guard let account = people[own], let mine = players.first(where: { $0.accountID == own }),
            let profile = scored[own]
        else { return [] }
        let standing = standing(mine, account)
        return players.compactMap { player -> Candidate? in
            guard player.accountID != own, let other = people[player.accountID], let theirs = scored[other.id]
            else { return nil }
            let bond = bonds[[own, other.id].sorted()] ?? .none
            guard
                Standing.mayPropose(self.standing(player, other), to: standing, bond, sharesGame: true, at: now)
            else { return nil }
            let score = Score(profile, theirs)
            guard !score.commonGames.isEmpty, game.map(score.commonGames.contains) ?? true else { return nil }
            return Candidate(accountID: other.id, score: score)
        }.sorted().prefix(limit).map { $0 }
    }

    private func standing(_ player: StoredPlayer, _ account: Person) -> Standing {
        Standing(
            isActive: account.isActive, isHidden: player.isHidden, adultFrom: player.adultFrom,
            lastSeenAt: account.lastSeenAt, waitingRequests: waiting[account.id] ?? 0)
    }
}
