public import AccountsAccess
public import PlayersDomain
import PlayersSnapshot
public import PlayersStore
public import Primitives
public import Runtime

/// Finds the players who fit best: from the snapshot where one is kept, else by reading all who share a game.
public final class Matcher {
    private let players: Players
    private let snapshots: Snapshots?
    /// Candidates beyond those asked for, since some may not be shown.
    private static let reserve = 20

    /// In a warm process also begins to keep the snapshot, where `SNAPSHOT_DIR` names a folder.
    public init(_ players: Players) {
        self.players = players
        snapshots = Snapshots(players)
    }

    /// Those who fit an account's own best, exactly, and as of when; with `game`, those alone who have that one in
    /// common.
    public func matches(
        for account: Person, game: GameID?, limit: Int, _ context: Context
    ) throws -> (matches: [Match], asOf: Timestamp) {
        let now = context.now
        let snapshot = try snapshots?.current(context)
        let search = try players.search(for: account, game: game, at: now)
        guard let snapshot else { return (try players.matches(search, limit: limit), now) }
        return (try matches(search, snapshot, limit: limit), snapshot.state.asOf)
    }

    /// Takes candidates off the snapshot's list and judges them as they are now, until none that is left can be better
    /// than the last of those found.
    private func matches(_ search: MatchSearch, _ snapshot: Snapshot, limit: Int) throws -> [Match] {
        guard let adultFrom = search.own.adultFrom else { return [] }
        let own = SnapshotProfile(
            accountID: search.account.id, adultFrom: adultFrom, lastSeenAt: search.now, scored: search.scored)
        let query = SnapshotQuery(own, required: search.game?.text, at: search.now)
        var count = limit + Self.reserve
        var judged = 0
        var found: [Match] = []
        while true {
            let candidates = snapshot.best(query, count: count)
            while judged < candidates.count {
                if found.count >= limit, found[limit - 1].place < candidates[judged] { break }
                let next = candidates[judged...].prefix(max(Self.reserve, limit - found.count))
                judged += next.count
                found += try players.proposable(next.map(\.accountID), in: search)
                found.sort { $0.candidate < $1.candidate }
            }
            if judged < candidates.count || candidates.count < count { return Array(found.prefix(limit)) }
            count *= 4
        }
    }
}

extension Match {
    /// The same place as the snapshot's candidates have.
    fileprivate var place: SnapshotCandidate {
        SnapshotCandidate(account.id, score.total, score.overlap)
    }
}
