import Foundation
import JSON
import Primitives
import Testing

extension MessagesEndToEnd {
    @Suite struct DeletedMessageTests {
        private func stored(_ sent: Answer) throws -> JSONValue {
            let id = try #require(sent.json["messageId"].string)
            return try Installation.here.store.one("messages", ["messageId": Stored.id(id)])
        }

        private func ciphertext(_ message: JSONValue) throws -> [UInt8] {
            let text = try #require(message["body"]["$binary"]["base64"].string)
            return try #require(Base64.standard.decode(text))
        }

        /// The collections that hold the bytes.
        private func collections(holding bytes: [UInt8]) throws -> [String] {
            let found = try Installation.here.store.search([bytes])
            return found["hits"].elements.compactMap { $0["place"].string }
                .filter { $0.hasPrefix("passerelle.") || $0.hasPrefix("encryption.") }
        }

        @Test func `what its sender deletes leaves a tombstone, and its text is nowhere`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let text = "A secret: " + UUID().uuidString
            let sent = try ada.say(text, to: bob)
            let path = "/" + (try #require(sent.json["conversationId"].string))
            let bytes = try ciphertext(stored(sent))
            #expect(try collections(holding: bytes) == ["passerelle.messages"])
            #expect(try collections(holding: Array(text.utf8)) == [])
            for _ in 0..<2 { #expect(try ada.messages("DELETE", path + "/1").status == 204) }
            #expect(try collections(holding: bytes) == [])
            let tombstone: JSONValue = [
                "messageId": sent.json["messageId"], "seq": 1, "from": .string(ada.login),
                "sentAt": sent.json["sentAt"], "deleted": true,
            ]
            for person in [ada, bob] {
                let page = try person.messages("GET", path)
                #expect(page.json["messages"].elements == [tombstone])
                let list = try person.messages("GET")
                #expect(list.json["conversations"].elements.first?["lastMessage"] == tombstone)
                #expect(list.json["conversations"].elements.first?["unread"] == 0)
                let export = try person.manage("GET", "/export")
                #expect(export.status == 200)
                for answer in [page, list, export] { #expect(!answer.text.contains(text)) }
            }
        }

        @Test func `what a recipient deletes is gone for him alone`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let sent = try (1...4).map { try ada.say("Number \($0)", to: bob) }
            let id = try #require(sent[0].json["conversationId"].string)
            for seq in [2, 4] {
                for _ in 0..<2 { #expect(try bob.messages("DELETE", "/\(id)/\(seq)").status == 204) }
            }
            #expect(try bob.history(id).map { $0["seq"] } == [1, 3])
            #expect(try bob.history(id, "?limit=1").map { $0["seq"] } == [3])
            #expect(try ada.history(id).map { $0["body"] } == (1...4).map { .string("Number \($0)") })
            let shown = try bob.conversation(id)
            #expect(shown["lastMessage"]["seq"] == 3 && shown["unread"] == 2 && shown["lastSeq"] == 4)
            for seq in ["0", "5", "-1", "x"] { #expect(try bob.messages("DELETE", "/\(id)/" + seq).status == 404) }
        }

        @Test func `a page full of tombstones or hidden messages never ends paging`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let sent = try (1...24).map { try ada.say("Number \($0)", to: bob) }
            let id = try #require(sent[0].json["conversationId"].string)
            for seq in 3...12 { #expect(try ada.messages("DELETE", "/\(id)/\(seq)").status == 204) }
            for seq in 8...22 { #expect(try bob.messages("DELETE", "/\(id)/\(seq)").status == 204) }
            var seen: [Int64] = []
            while case let page = try bob.history(id, "?limit=5&after=\(seen.last ?? 0)"), !page.isEmpty {
                seen += page.compactMap { $0["seq"].integer }
            }
            #expect(seen == [1, 2, 3, 4, 5, 6, 7, 23, 24])
            var backwards: [Int64] = []
            while case let page = try bob.history(id, "?limit=2&before=\(backwards.first ?? 99)"), !page.isEmpty {
                backwards = page.compactMap { $0["seq"].integer } + backwards
            }
            #expect(backwards == seen)
            #expect(try bob.history(id, "?after=2&before=7").compactMap { $0["seq"].integer } == [3, 4, 5, 6])
        }

        @Test func `a ciphertext in another place is refused, and told`() throws {
            let installation = try Installation.here
            let (ada, bob) = try Player.teammates(at: installation)
            let eve = try Player.join(at: installation)
            try Player.befriend(ada, eve)
            let texts = ["First", "Second"]
            let sent = try texts.map { try ada.say($0, to: bob) } + [bob.say("Third", to: ada)]
            let elsewhere = try ada.say("Elsewhere", to: eve)
            let id = try #require(sent[0].json["conversationId"].string)
            let places: [(target: Answer, source: Answer)] = [
                (sent[0], sent[1]), (sent[1], sent[2]), (sent[2], elsewhere),
            ]
            let bodies = try places.map { try stored($0.source)["body"] }
            for (place, body) in zip(places, bodies) {
                let filter: JSONValue = ["messageId": Stored.id(try #require(place.target.json["messageId"].string))]
                try installation.store.set("messages", filter, ["body": body])
            }
            for _ in 0..<2 {
                let history = try bob.history(id)
                #expect(history.allSatisfy { $0["body"] == .null && $0["unreadable"] == true }, "\(history)")
            }
            let told = try [ada, bob].map { person in
                try installation.store.find(
                    "audit", ["type": "field.refused", "subject.account": Stored.id(person.accountID)]
                ).count
            }
            #expect(told[0] >= 2 && told[1] >= 1, "\(told)")
            let other = try #require(elsewhere.json["conversationId"].string)
            #expect(try eve.history(other).first?["body"] == "Elsewhere")
        }
    }
}
