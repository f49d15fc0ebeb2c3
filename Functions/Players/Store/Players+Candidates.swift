public import AccountsAccess
import BSON
import MongoDB
public import PlayersDomain
public import Primitives

/// A player who fits, with all that is shown of him.
public struct Match: Sendable {
    /// His account.
    public let account: Person
    /// His stored profile and library.
    public let player: StoredPlayer
    /// How well he fits.
    public let score: Score
}

extension Players {
    /// The players who fit an account's own best, by a scan of all who share a game; exact. With `game`, those alone
    /// who have that one in common.
    public func matches(
        for account: Person, game: GameID?, limit: Int, at now: Timestamp
    ) throws -> [Match] {
        let own = try player(account.id)
        var bonds: [UniqueID: Bond] = [:]
        for relation in try relations.all(of: account.id) {
            if let other = relation.other(than: account.id) { bonds[other] = relation.bond }
        }
        var matches: [Match] = []
        for (candidate, player) in try scored(against: own, game: game, at: now) where matches.count < limit {
            guard let other = try access.person(candidate.accountID) else { continue }
            let waiting = try relations.waiting(for: other.id)
            guard
                Standing.mayPropose(
                    Standing(other, player, waitingRequests: waiting), to: Standing(account, own),
                    bonds[other.id] ?? .none, sharesGame: !candidate.score.commonGames.isEmpty, at: now)
            else { continue }
            matches.append(Match(account: other, player: player, score: candidate.score))
        }
        return matches
    }

    /// All others of the same age group who share a game, best first.
    private func scored(
        against own: StoredPlayer, game: GameID?, at now: Timestamp
    ) throws(MongoError) -> [(candidate: Candidate, player: StoredPlayer)] {
        let games = own.library.map(\.gameID).filter { game == nil || $0 == game }
        guard let adultFrom = own.adultFrom, !games.isEmpty else { return [] }
        let age: BSONValue = adultFrom <= now ? ["$lte": .date(now)] : ["$gt": .date(now)]
        let filter: Document = [
            "library.gameId": ["$in": .array(games.map { .string($0.text) })], "profile.adultFrom": age,
            "profile.visibility": "public", "_id": ["$ne": .id(own.accountID)],
        ]
        var calendar = Calendar(zones, now: now)
        let mine = own.scored(&calendar)
        var scored: [(candidate: Candidate, player: StoredPlayer)] = []
        try players.forEach(filter) { (document) throws(MongoError) in
            guard let player = StoredPlayer(document) else { return }
            let score = Score(mine, player.scored(&calendar))
            scored.append((Candidate(accountID: player.accountID, score: score), player))
        }
        return scored.sorted { $0.candidate < $1.candidate }
    }
}

/// Turns windows into the half hours of one week, reading each zone once.
private struct Calendar {
    let now: Timestamp
    private let source: any ZoneSource
    private var zones: [String: any ZoneOffsets] = [:]

    init(_ source: any ZoneSource, now: Timestamp) {
        self.source = source
        self.now = now
    }

    mutating func hours(_ windows: [LocalWindow], in name: String) -> WeekHours {
        guard !windows.isEmpty, let zone = zones[name] ?? source.offsets(of: name) else { return WeekHours() }
        zones[name] = zone
        return WeekHours(windows, in: zone, at: now)
    }
}

extension StoredPlayer {
    /// The player as the score sees him in the calendar's week.
    fileprivate func scored(_ calendar: inout Calendar) -> ScoredProfile {
        let windows = (profile?["availability"]?.array ?? []).compactMap { LocalWindow($0) }
        return ScoredProfile(
            games: library.map(\.played),
            hours: calendar.hours(windows, in: profile?["timeZone"]?.string ?? ""),
            preferences: Preferences(
                languages: Set((profile?["languages"]?.array ?? []).compactMap(\.string)),
                region: profile?["region"]?.string.flatMap(Region.init(rawValue:)),
                playStyle: profile?["playStyle"]?.string.flatMap(PlayStyle.init(rawValue:)),
                voiceChat: profile?["voiceChat"]?.string.flatMap(VoiceChat.init(rawValue:))))
    }
}
