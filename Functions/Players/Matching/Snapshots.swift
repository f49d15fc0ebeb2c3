import BSON
import Glibc
import Installation
import JSON
import MongoDB
import Platform
import PlayersDomain
import PlayersSnapshot
import PlayersStore
import Primitives
import Runtime

/// The snapshot that a process answers from, opened anew where another week begins or another file takes its place.
final class Snapshots {
    private let players: Players
    private let folder: SnapshotFolder
    private let keeper: SnapshotKeeper?
    private var open: Snapshot?
    /// Up to so many players are read one by one where there is no snapshot.
    private static let fewPlayers = 20_000
    private static let mostBehind: Duration = .seconds(1)
    private static let longestWait = 5000

    /// `nil` where no folder is named, or it cannot be used.
    init?(_ players: Players) {
        let environment = players.installation.environment
        guard let path = environment.setting("SNAPSHOT_DIR") else { return nil }
        do {
            folder = try SnapshotFolder(path: path)
        } catch {
            Log(callID: "").write(.warning, "snapshot.unusable", JSONObject([("cause", .string("\(error)"))]))
            return nil
        }
        self.players = players
        let isWarm = environment.variables["FUNCTION_MODE"] == "warm"
        keeper = isWarm ? try? SnapshotKeeper(environment, players.zones, folder) : nil
    }

    /// A snapshot of this week that is at most a second behind; `nil` where there is none and all players may as well be
    /// read. Waits for one where there are many; throws `.unavailable` where that takes too long.
    func current(_ context: Context) throws -> Snapshot? {
        let patience = min(Self.longestWait, (context.millisecondsLeft ?? 2 * Self.longestWait) / 2)
        let end = Instant.now.adding(milliseconds: patience)
        var areFew: Bool?
        while true {
            if let snapshot = try usable(at: context.now) { return snapshot }
            if try areFew ?? isScanCheap() { return nil }
            areFew = false
            guard keeper != nil, Instant.now < end else {
                throw MongoError.unavailable("the snapshot is not up to date")
            }
            usleep(10_000)
        }
    }

    private func isScanCheap() throws -> Bool {
        try players.estimatedCount() <= Self.fewPlayers
    }

    private func usable(at now: Timestamp) throws -> Snapshot? {
        let week = WeekHours.monday(before: now)
        if let snapshot = open {
            if snapshot.week == week, (try? snapshot.refresh()) != nil, Self.isFresh(snapshot, now) { return snapshot }
            if snapshot.week == week, snapshot.isInPlace(in: folder) { return nil }
            open = nil
        }
        guard let source = try SnapshotSource.present(players.installation),
            let snapshot = try? Snapshot(folder, week: week, from: source)
        else { return nil }
        open = snapshot
        return Self.isFresh(snapshot, now) ? snapshot : nil
    }

    private static func isFresh(_ snapshot: Snapshot, _ now: Timestamp) -> Bool {
        !snapshot.isRetired && now <= snapshot.state.asOf.adding(mostBehind)
    }
}
