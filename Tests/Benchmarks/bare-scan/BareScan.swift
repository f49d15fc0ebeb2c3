import Platform
import PlayersDomain
import PlayersSnapshot
import Primitives

/// Makes a snapshot of that many made-up players in a folder, and measures making, opening and scanning it.
/// Usage: bare-scan FOLDER PLAYERS; prints bytes, then microseconds: writing, opening, the scans' median and 95th of 100.
@main
enum BareScan {
    static func main() throws {
        guard CommandLine.arguments.count == 3, let count = Int(CommandLine.arguments[2]) else {
            throw SystemError("bare-scan FOLDER PLAYERS", number: 22)
        }
        let folder = try SnapshotFolder(path: CommandLine.arguments[1])
        var players = MadeUpPlayers()
        var builder = SnapshotBuilder(week: 0, source: SnapshotSource(bytes: []), expecting: count)
        var askers: [SnapshotProfile] = []
        for number in 0..<count {
            let player = players.next(number)
            if number % (count / 100 + 1) == 0 { askers.append(player) }
            try builder.add(player)
        }
        let writing = try time {
            try builder.write(
                to: folder.file(week: 0), asOf: MadeUpPlayers.now, position: .init(seconds: 0, increment: 0))
        }
        var opened: Snapshot?
        let opening = try time { opened = try Snapshot(folder, week: 0) }
        guard let snapshot = opened else { return }
        let scans = askers.map { asker in
            time { _ = snapshot.best(SnapshotQuery(asker, at: MadeUpPlayers.now), count: 40) }
        }.sorted()
        print(snapshot.bytes, writing, opening, scans[scans.count / 2], scans[scans.count * 95 / 100])
    }

    private static func time(_ body: () throws -> Void) rethrows -> Int {
        let start = Instant.now
        try body()
        return Int((Instant.now.nanoseconds - start.nanoseconds) / 1000)
    }
}
