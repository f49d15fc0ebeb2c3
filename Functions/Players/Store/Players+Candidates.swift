public import AccountsAccess
import BSON
public import MongoDB
public import PlayersDomain
public import Primitives

extension Players {
    /// What a search by that account is about; with `game`, for those alone who have that one in common.
    public func search(for account: Person, game: GameID?, at now: Timestamp) throws(MongoError) -> MatchSearch {
        let own = try player(account.id)
        var bonds: [UniqueID: Bond] = [:]
        for relation in try relations.all(of: account.id) {
            if let other = relation.other(than: account.id) { bonds[other] = relation.bond }
        }
        let calendar = WeekCalendar(zones, week: WeekHours.monday(before: now))
        return MatchSearch(
            account: account, own: own, scored: own.scored(in: calendar), game: game, now: now, bonds: bonds,
            calendar: calendar)
    }

    /// Those of the players who may be proposed, read and scored as they are now, in no order.
    public func proposable(_ ids: [UniqueID], in search: MatchSearch) throws(MongoError) -> [Match] {
        let possible = ids.filter { search.bonds[$0] != .blocked && $0 != search.account.id }
        guard !possible.isEmpty else { return [] }
        let people = Dictionary(try access.people(possible).map { ($0.id, $0) }) { $1 }
        let waiting = try relations.waiting(for: possible)
        let standing = Standing(search.account, search.own)
        return try stored(possible).compactMap { player in
            guard let other = people[player.accountID] else { return nil }
            let score = Score(search.scored, player.scored(in: search.calendar))
            let isShared = search.game.map { score.commonGames.contains($0.text) } ?? !score.commonGames.isEmpty
            guard isShared,
                Standing.mayPropose(
                    Standing(other, player, waitingRequests: waiting[other.id] ?? 0), to: standing,
                    search.bonds[other.id] ?? .none, sharesGame: true, at: search.now)
            else { return nil }
            return Match(account: other, player: player, score: score)
        }
    }

    /// The players who fit best, by reading all who share a game; exact.
    public func matches(_ search: MatchSearch, limit: Int) throws(MongoError) -> [Match] {
        var rest = try candidates(search)[...]
        var matches: [Match] = []
        while matches.count < limit, !rest.isEmpty {
            let next = rest.prefix(limit)
            rest = rest.dropFirst(limit)
            matches += try proposable(next.map(\.accountID), in: search).sorted { $0.candidate < $1.candidate }
        }
        return Array(matches.prefix(limit))
    }

    /// All others of the same age group who share a game, best first.
    private func candidates(_ search: MatchSearch) throws(MongoError) -> [Candidate] {
        let games = search.own.library.map(\.gameID).filter { search.game == nil || $0 == search.game }
        guard let adultFrom = search.own.adultFrom, !games.isEmpty else { return [] }
        let age: BSONValue = adultFrom <= search.now ? ["$lte": .date(search.now)] : ["$gt": .date(search.now)]
        let filter: Document = [
            "library.gameId": ["$in": .array(games.map { .string($0.text) })], "profile.adultFrom": age,
            "profile.visibility": "public", "_id": ["$ne": .id(search.own.accountID)],
        ]
        var candidates: [Candidate] = []
        try players.forEach(filter) { (document) throws(MongoError) in
            guard let player = StoredPlayer(document) else { return }
            let score = Score(search.scored, player.scored(in: search.calendar))
            candidates.append(Candidate(accountID: player.accountID, score: score))
        }
        return candidates.sorted()
    }
}
