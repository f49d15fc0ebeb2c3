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
}
