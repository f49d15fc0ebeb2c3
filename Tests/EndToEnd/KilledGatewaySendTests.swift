import Foundation
import Glibc
import JSON
import Testing

@Suite(.serialized) struct KilledGatewaySendTests {
    @Test func `every message that was taken before the gateway was killed is there once after the next start`() throws
    {
        let installation = try Installation(["MESSAGE_RATE": "0"])
        defer { installation.remove() }
        let (ada, bob) = try Player.teammates(at: installation)
        let (key, body) = (UUID().uuidString, "Said before")
        let before = try ada.say(body, to: bob, id: key)
        let gateway = try #require(installation.processes("passerelle").first)
        let taken = Parallel.run(4) { index -> [String] in
            guard index > 0 else {
                usleep(300_000)
                kill(gateway, SIGKILL)
                return []
            }
            var ids: [String] = []
            while ids.count < 10_000, let answer = try? ada.say("\(index)", to: bob), answer.status == 201 {
                ids.append(answer.json["messageId"].string ?? "")
            }
            return ids
        }
        #expect(Patience.until { !installation.isRunning })
        installation.stop()
        let again = try Installation(over: installation, ["MESSAGE_RATE": "0"])
        defer { again.stop() }
        let (sender, reader) = (try Self.back(ada, at: again), try Self.back(bob, at: again))
        let repeated = try sender.say(body, to: reader, id: key)
        #expect(before.status == 201 && repeated.status == 200 && repeated.json == before.json, "\(repeated)")
        let conversation = try #require(try sender.say("Back", to: reader).json["conversationId"].string)
        let found = try Self.all(of: conversation, reader)
        let ids = found.compactMap { $0["messageId"].string }
        #expect(!taken.joined().isEmpty && Set(ids).isSuperset(of: taken.joined()))
        #expect(found.compactMap { $0["seq"].integer } == Array(1...Int64(found.count)))
        #expect(Set(ids).count == ids.count && found.last?["body"] == "Back")
    }

    /// The same person, logged in anew: tokens name the address that they were given at.
    private static func back(_ person: Person, at installation: Installation) throws -> Person {
        var back = try Person(client: installation.client, person.credentials)
        let login = try back.attempt(recoveryCode: person.recoveryCodes[0])
        back.accessToken = try #require(login.json["accessToken"].string)
        return back
    }

    private static func all(of conversation: String, _ reader: Person) throws -> [JSONValue] {
        var found: [JSONValue] = []
        while case let page = try reader.history(
            conversation, "?limit=100&after=\(found.last?["seq"].integer ?? 0)"), !page.isEmpty
        {
            found += page
        }
        return found
    }
}
