import BSON
import Foundation
import Installation
import MongoDB
import PlayersStore
import Primitives
import TestMongo
import Testing

/// The starting catalogue, put in by several processes at once.
@Suite(.serialized) struct CatalogueTests {
    private func games(_ site: Site) throws -> [Document] {
        try site.collection("games").find([:], sort: ["_id": 1])
    }

    @Test func `set-ups that begin at once put each starting game in once, whole, and none that was removed`() throws {
        let site = try Site(at: Timestamp(milliseconds: 1_772_020_800_000))
        defer { site.end() }
        let wanted = try games(site)
        #expect(wanted.count >= 60)
        for name in ["games", "game-imports", "relations", "reports"] {
            try site.installation.client.run(["drop": .string(name)], on: "passerelle")
        }
        let failures = Locked<[String]>([])
        let environment = site.environment
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            do {
                try Site.players(environment).prepare()
            } catch {
                failures.change { $0.append("\(error)") }
            }
        }
        #expect(failures.get() == [])
        #expect(try games(site) == wanted)
        try site.collection("games").delete(["_id": "chess"])
        try Site.players(environment).prepare()
        #expect(try games(site) == wanted.filter { $0["_id"] != "chess" })
    }

    @Test func `what an admin removes as soon as it is there, no set-up that is still at it puts in again`() throws {
        let site = try Site(at: Timestamp(milliseconds: 1_772_020_800_000))
        defer { site.end() }
        for name in ["games", "game-imports"] {
            try site.installation.client.run(["drop": .string(name)], on: "passerelle")
        }
        let failures = Locked<[String]>([])
        let environment = site.environment
        let setUps = DispatchGroup()
        for _ in 0..<5 {
            setUps.enter()
            Thread.detachNewThread {
                defer { setUps.leave() }
                do {
                    try Site.players(environment).prepare()
                } catch {
                    failures.change { $0.append("\(error)") }
                }
            }
        }
        let end = ContinuousClock.now + .seconds(180)
        while try site.collection("game-imports").findOne([:]) == nil, ContinuousClock.now < end { usleep(1000) }
        try site.collection("games").deleteMany([:])
        setUps.wait()
        #expect(failures.get() == [])
        #expect(try games(site).isEmpty)
    }
}
