import Foundation
import PlayersDomain
import PlayersSnapshot
import Primitives
import Testing

/// Snapshots in a folder of their own, against every player scored one by one.
@Suite struct SnapshotTests {
    let path = FileManager.default.temporaryDirectory.path + "/passerelle-snapshot-\(UUID().uuidString)"
    let folder: SnapshotFolder
    let source = SnapshotSource(bytes: [1, 2, 3])
    let now = RandomPlayers.now
    var random = RandomPlayers(11)

    init() throws {
        folder = try SnapshotFolder(path: path)
    }

    /// Whether there is a lock, which goes with this.
    private func isTaken(_ lock: consuming KeeperLock?) -> Bool {
        switch consume lock {
        case .some: true
        case nil: false
        }
    }

    private func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    private mutating func make(_ count: Int, week: Int64 = 0) throws -> [UniqueID: SnapshotProfile] {
        var builder = SnapshotBuilder(week: week, source: source, expecting: count)
        var players: [UniqueID: SnapshotProfile] = [:]
        for id in random.ids(count) {
            players[id] = random.next(id)
            if let player = players[id] { try builder.add(player) }
        }
        try builder.write(to: folder.file(week: week), asOf: now, position: .init(seconds: 1, increment: 2))
        return players
    }

    /// The places of all who may be proposed as far as a snapshot knows, by the domain's own score. Who was seen a
    /// little over 30 days ago may be among them.
    private func expected(
        _ own: SnapshotProfile, _ players: [UniqueID: SnapshotProfile], game: String?
    ) -> [SnapshotCandidate] {
        players.values.compactMap { other in
            let score = Score(own.scored, other.scored)
            guard other.accountID != own.accountID, !score.commonGames.isEmpty,
                game.map(score.commonGames.contains) ?? true,
                (own.adultFrom <= now) == (other.adultFrom <= now),
                other.lastSeenAt.adding(.seconds(31 * 86_400)) >= now
            else { return nil }
            return SnapshotCandidate(other.accountID, score.total, score.overlap)
        }.sorted()
    }

    private func expectEqual(
        _ snapshot: Snapshot, _ players: [UniqueID: SnapshotProfile], askers: Int
    ) {
        for own in players.values.sorted(by: { $0.accountID < $1.accountID }).prefix(askers) {
            for (count, game) in [(20, nil), (7, "game-3"), (players.count + 1, nil)] {
                let found = snapshot.best(SnapshotQuery(own, required: game, at: now), count: count)
                let all = expected(own, players, game: game)
                #expect(found == Array(all.prefix(count)))
            }
        }
    }

    @Test mutating func `the best of a snapshot are the best of all players, ties included`() throws {
        defer { remove() }
        let players = try make(3000)
        let snapshot = try Snapshot(folder, week: 0, from: source)
        #expect(snapshot.count == 3000 && snapshot.state.position == .init(seconds: 1, increment: 2))
        expectEqual(snapshot, players, askers: 15)
        let own = try #require(players.values.first)
        let all = expected(own, players, game: nil)
        #expect(Set(all.map(\.total)).count < all.count, "no two were equally good, so ties were not tried")
    }

    @Test mutating func `what changes counts for every reader, one after another`() throws {
        defer { remove() }
        var players = try make(500)
        let reader = try Snapshot(folder, week: 0)
        let writer = try SnapshotWriter(folder, week: 0, from: source)
        let ids = players.keys.sorted() + random.ids(40)
        for round in 1...12 {
            for _ in 0..<25 {
                let id = ids[random.index(below: ids.count)]
                switch random.index(below: 3) {
                case 0:
                    players[id] = nil
                    writer.remove(id)
                case 1:
                    guard let former = players[id], former.lastSeenAt < now else { continue }
                    players[id] = SnapshotProfile(
                        accountID: id, adultFrom: former.adultFrom, lastSeenAt: now, scored: former.scored)
                    writer.see(id, at: now)
                default:
                    let player = random.next(id)
                    players[id] = player
                    writer.put(player)
                }
                try writer.publish(asOf: nil, position: .init(seconds: 1, increment: 3))
            }
            let time = now.adding(.seconds(Int64(round)))
            try writer.publish(asOf: time, position: .init(seconds: 2, increment: 0))
            try reader.refresh()
            #expect(reader.state.asOf == time)
            expectEqual(reader, players, askers: 2)
        }
        let late = try Snapshot(folder, week: 0, from: source)
        expectEqual(late, players, askers: 10)
        #expect(late.state == reader.state)
    }

    @Test mutating func `every changed byte is found, and so is a file that ends too soon`() throws {
        defer { remove() }
        try make(200)
        let file = URL(fileURLWithPath: folder.file(week: 0))
        let whole = try Data(contentsOf: file)
        for place in stride(from: 0, to: whole.count, by: 211) where !(4096 + 40..<8192).contains(place) {
            var damaged = whole
            damaged[place] ^= 0x10
            try damaged.write(to: file)
            #expect(throws: SnapshotError.self, "byte \(place)") { try Snapshot(folder, week: 0, from: source) }
        }
        for length in [0, 100, 4096, 9000, whole.count - 1] {
            try whole.prefix(length).write(to: file)
            #expect(throws: SnapshotError.damaged) { try Snapshot(folder, week: 0, from: source) }
        }
        try whole.write(to: file)
        _ = try Snapshot(folder, week: 0, from: source)
    }

    @Test mutating func `a change that was not written whole is found`() throws {
        defer { remove() }
        try make(50)
        let writer = try SnapshotWriter(folder, week: 0, from: source)
        let id = try #require(random.ids(1).first)
        writer.put(random.next(id))
        try writer.publish(asOf: nil, position: .init(seconds: 3, increment: 0))
        let file = URL(fileURLWithPath: folder.file(week: 0))
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count - 20] ^= 1
        try bytes.write(to: file)
        #expect(throws: SnapshotError.damaged) { try Snapshot(folder, week: 0, from: source) }
    }

    @Test mutating func `a file of another version, week or database is foreign, none at all is missing`() throws {
        defer { remove() }
        #expect(throws: SnapshotError.missing) { try Snapshot(folder, week: 0, from: source) }
        try make(20)
        #expect(throws: SnapshotError.foreign) { try Snapshot(folder, week: 0, from: SnapshotSource(bytes: [9])) }
        try FileManager.default.copyItem(atPath: folder.file(week: 0), toPath: folder.file(week: 604_800))
        #expect(throws: SnapshotError.foreign) { try Snapshot(folder, week: 604_800, from: source) }
        let file = URL(fileURLWithPath: folder.file(week: 0))
        var bytes = try Data(contentsOf: file)
        bytes[8] += 1
        try bytes.write(to: file)
        #expect(throws: SnapshotError.foreign) { try Snapshot(folder, week: 0, from: source) }
    }

    @Test mutating func `one alone keeps a folder, and readers see that its file was replaced`() throws {
        defer { remove() }
        let first = try folder.takeLock()
        let isFree = isTaken(try folder.takeLock())
        #expect(!isFree)
        let wasFirst = isTaken(first)
        let isFreeAgain = isTaken(try folder.takeLock())
        #expect(wasFirst && isFreeAgain)
        try make(20)
        let reader = try Snapshot(folder, week: 0)
        let writer = try SnapshotWriter(folder, week: 0, from: source)
        try make(30)
        #expect(!reader.isInPlace(in: folder) && !reader.isRetired)
        try writer.retire()
        try reader.refresh()
        #expect(reader.isRetired)
        folder.remove(allBut: [604_800])
        #expect(throws: SnapshotError.missing) { try Snapshot(folder, week: 0) }
    }

    @Test mutating func `an empty snapshot proposes nobody`() throws {
        defer { remove() }
        try make(0)
        let id = try #require(random.ids(1).first)
        #expect(try Snapshot(folder, week: 0).best(SnapshotQuery(random.next(id), at: now), count: 20) == [])
    }
}
