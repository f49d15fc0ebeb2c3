import AccountsAccess
import BSON
import Foundation
import Installation
import MongoDB
import PlayersDomain
import PlayersMatching
import PlayersSnapshot
import PlayersStore
import Primitives
import Runtime
import TestMongo
import Testing

/// Answers from snapshots against every stored player judged one by one.
@Suite(.serialized) struct MatcherTests {
    /// A Wednesday, with winter and summer time in the weeks to come.
    private static let wednesday = Timestamp(milliseconds: 1_772_020_800_000)

    private func askers(_ crowd: inout Crowd, _ site: Site, _ count: Int) throws -> [Person] {
        var found: [Person] = []
        while found.count < count {
            if let person = try site.players.access.person(crowd.anyone()) { found.append(person) }
        }
        return found
    }

    /// Compares what the matcher answers with what judging everybody gives.
    private func expectExact(
        _ matcher: Matcher, _ site: Site, _ askers: [Person], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let every = try EveryPlayer(site)
        for (number, asker) in askers.enumerated() {
            guard let asker = try site.players.access.person(asker.id) else { continue }
            let game = number % 3 == 2 ? "game-\(number % 40)" : nil
            let limit = number % 5 == 4 ? 100 : 20
            let now = site.clock.now
            let (matches, asOf) = try matcher.matches(
                for: asker, game: game.flatMap(GameID.init(parsing:)), limit: limit, site.context)
            let best = every.best(for: asker.id, game: game, limit: limit, at: now)
            #expect(matches.map(\.candidate) == best, sourceLocation: sourceLocation)
            #expect(asOf.adding(.seconds(1)) >= now, sourceLocation: sourceLocation)
        }
    }

    /// Waits until the matcher answers from a snapshot that has everything up to now.
    private func catchUp(_ matcher: Matcher, _ site: Site, _ asker: Person) throws {
        let now = site.clock.now
        try patiently("the snapshot has the last change") {
            _ = try? matcher.matches(for: asker, game: nil, limit: 1, site.context)
            return site.snapshot.map { $0.state.asOf >= now } ?? false
        }
    }

    @Test func `ten thousand players are matched exactly, also after edits, blocks, locks and erasures`() throws {
        let site = try Site(at: Self.wednesday)
        defer { site.end() }
        var crowd = Crowd(3, at: Self.wednesday)
        try crowd.fill(site, 10_000)
        let matcher = Matcher(site.players)
        let askers = try askers(&crowd, site, 6)
        try catchUp(matcher, site, askers[0])
        try expectExact(matcher, site, askers)
        for _ in 0..<300 { try crowd.change(site) }
        let first = try matcher.matches(for: askers[0], game: nil, limit: 1, site.context)
        let busy = try #require(first.matches.first?.account.id)
        try site.collection("relations").insertMany(
            (0..<20).map { number in
                [
                    "_id": .string("waiting-\(number)"), "version": 1, "players": [], "blockedBy": [],
                    "request": ["id": .integer(number), "to": .id(busy), "status": "pending"],
                ]
            })
        try catchUp(matcher, site, askers[0])
        try expectExact(matcher, site, askers)
        let now = try matcher.matches(for: askers[0], game: nil, limit: 100, site.context)
        #expect(!now.matches.contains { $0.account.id == busy })
    }

    @Test func `a damaged, missing or foreign file is made anew while it is in use`() throws {
        let site = try Site(at: Self.wednesday)
        defer { site.end() }
        var crowd = Crowd(4, at: Self.wednesday)
        try crowd.fill(site, 400)
        let matcher = Matcher(site.players)
        let askers = try askers(&crowd, site, 6)
        try catchUp(matcher, site, askers[0])
        let file = site.snapshotFile
        let first = try identity(file)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        try handle.seek(toOffset: 8192 + 3)
        let byte = try #require(try handle.read(upToCount: 1)?.first)
        try handle.seek(toOffset: 8192 + 3)
        try handle.write(contentsOf: [byte ^ 1])
        try handle.close()
        try patiently("the damaged file is replaced") { try identity(file) != first }
        try catchUp(matcher, site, askers[0])
        try expectExact(matcher, site, askers)
        try site.installation.client.run(["drop": "players"], on: "passerelle")
        try site.players.prepare()
        try crowd.fill(site, 200)
        try catchUp(matcher, site, askers[0])
        try expectExact(matcher, site, askers)
    }

    @Test func `each week has its own hours, and the next one's file is ready when it begins`() throws {
        let site = try Site(at: Self.wednesday)
        defer { site.end() }
        var crowd = Crowd(5, at: Self.wednesday)
        try crowd.fill(site, 400)
        let matcher = Matcher(site.players)
        let askers = try askers(&crowd, site, 6)
        try catchUp(matcher, site, askers[0])
        try expectExact(matcher, site, askers)
        // Four weeks on, Paris has summer time; half an hour before that week begins its file is made.
        let monday = WeekHours.monday(before: Self.wednesday) + 5 * 7 * 86_400
        try site.collection("accounts").updateMany(
            [:], ["$set": ["lastSeenAt": .date(Timestamp(milliseconds: monday * 1000))]])
        site.clock.advance(seconds: monday - 1800 - site.clock.now.seconds)
        let next = site.snapshotFile(week: monday)
        try patiently("the next week's file is there") { FileManager.default.fileExists(atPath: next) }
        try catchUp(matcher, site, askers[0])
        let made = try identity(next)
        try crowd.change(site)
        site.clock.advance(seconds: 3600)
        try catchUp(matcher, site, askers[0])
        try expectExact(matcher, site, askers)
        #expect(try identity(next) == made)
        try patiently("the former week's file is gone") { try site.snapshotFiles().count == 1 }
    }

    @Test func `of two processes one keeps the file, and the other goes on when that ends`() throws {
        let site = try Site(at: Self.wednesday)
        defer { site.end() }
        var crowd = Crowd(6, at: Self.wednesday)
        try crowd.fill(site, 400)
        let askers = try askers(&crowd, site, 5)
        let second: Matcher
        do {
            let first = Matcher(site.players)
            try catchUp(first, site, askers[0])
            second = Matcher(try site.otherPlayers())
            try expectExact(first, site, askers)
            try expectExact(second, site, askers)
        }
        let kept = try identity(site.snapshotFile)
        for _ in 0..<60 { try crowd.change(site) }
        try catchUp(second, site, askers[0])
        try expectExact(second, site, askers)
        #expect(try identity(site.snapshotFile) == kept, "the file was made anew instead of being taken over")
    }

    private func identity(_ path: String) throws -> Int {
        let number = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
        return try #require(number)
    }
}

extension Site {
    /// The snapshot of the running week as another reader sees it; `nil` where it cannot be read.
    var snapshot: Snapshot? {
        guard let folder = try? SnapshotFolder(path: folder + "/snapshots") else { return nil }
        return try? Snapshot(folder, week: WeekHours.monday(before: clock.now))
    }

    var snapshotFile: String { snapshotFile(week: WeekHours.monday(before: clock.now)) }

    func snapshotFile(week: Int64) -> String { folder + "/snapshots/players-\(week).snapshot" }

    func snapshotFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder + "/snapshots").filter { $0.hasSuffix(".snapshot") }
    }
}
