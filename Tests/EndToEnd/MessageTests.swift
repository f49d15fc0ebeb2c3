import Foundation
import JSON
import Testing

extension MessagesEndToEnd {
    @Suite struct MessageTests {
        @Test func `what a teammate says is there for both, unread until it is read`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let sent = try ada.say("Tonight at nine?", to: bob)
            #expect(sent.status == 201, "\(sent)")
            #expect(sent.json.names == ["messageId", "conversationId", "seq", "sentAt"] && sent.json["seq"] == 1)
            let id = try #require(sent.json["conversationId"].string)
            let answer = try bob.say("At ten.", to: ada)
            #expect(answer.json["conversationId"].string == id && answer.json["seq"] == 2)
            let message: JSONValue = [
                "messageId": sent.json["messageId"], "seq": 1, "from": .string(ada.login),
                "sentAt": sent.json["sentAt"], "body": "Tonight at nine?",
            ]
            for person in [ada, bob] {
                let history = try person.history(id)
                #expect(history.count == 2 && history.first == message)
                #expect(try person.conversation(id)["lastMessage"] == history.last)
            }
            let shown = try bob.conversation(id)
            #expect(shown["with"] == ["login": .string(ada.login), "displayName": "Ada"])
            #expect(shown["unread"] == 1 && shown["lastSeq"] == 2 && shown["readUpTo"] == 0)
            for _ in 0..<2 {
                #expect(try bob.messages("POST", "/\(id)/read", ["seq": 1]).json == ["readUpTo": 1, "unread": 0])
            }
            #expect(try bob.messages("POST", "/\(id)/read", ["seq": 99]).json == ["readUpTo": 2, "unread": 0])
            #expect(try bob.messages("POST", "/\(id)/read", ["seq": 1]).json["readUpTo"] == 2)
            #expect(try bob.conversation(id)["unread"] == 0 && ada.conversation(id)["unread"] == 1)
        }

        @Test func `the same message again is the same message, for ever and before every other check`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let eve = try Player.join(at: Installation.here)
            try Player.befriend(ada, eve)
            let id = UUID().uuidString
            let sent = try ada.say("Hello", to: bob, id: id)
            #expect(sent.status == 201)
            func expectRepeated() throws {
                let again = try ada.say("Hello", to: bob, id: id.lowercased())
                #expect(again.status == 200 && again.json == sent.json, "\(again)")
                #expect(try ada.say("Hello!", to: bob, id: id).status == 409)
                #expect(try ada.say("Hello", to: eve, id: id).status == 409)
                #expect(try ada.say("Hello", community: "chess", id: id).status == 409)
            }
            try expectRepeated()
            let path = "/" + (try #require(sent.json["conversationId"].string))
            #expect(try ada.messages("DELETE", path + "/1").status == 204)
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            try expectRepeated()
            #expect(try ada.say("Hello", to: bob).slug == "not-matched")
            #expect(try bob.say("Hello", to: ada, id: id).slug == "not-matched")
        }

        @Test func `fifty sends at once with one id make one message`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let id = UUID().uuidString
            let answers = Parallel.run(50) { _ in try? ada.say("Once", to: bob, id: id) }.compactMap { $0 }
            let taken = answers.filter { [200, 201].contains($0.status) }
            #expect(answers.allSatisfy { [200, 201, 503].contains($0.status) } && !taken.isEmpty)
            #expect(Set(taken.map { $0.json["messageId"].string }).count == 1)
            #expect(taken.filter { $0.status == 201 }.count == 1)
            let conversation = try #require(taken.first?.json["conversationId"].string)
            #expect(try bob.history(conversation).count == 1)
        }

        @Test func `strangers, oneself, nobody and other games are refused alike`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let nobody = try ada.send([
                "to": .string(Person.newLogin()), "body": "Hello", "clientMessageId": .string(UUID().uuidString),
            ])
            #expect(nobody.status == 403 && nobody.slug == "not-matched")
            for other in [bob, ada] {
                #expect(try ada.say("Hello", to: other).likeness == nobody.likeness)
            }
            for game in ["go", "no-such-game"] {
                #expect(try ada.say("Hello", community: game).likeness == nobody.likeness)
            }
            #expect(try ada.messages("GET").json["conversations"] == [])
        }

        @Test func `what is no message is refused`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let id = JSONValue.string(UUID().uuidString)
            let to = JSONValue.string(bob.login)
            let wrong: [JSONValue] = [
                [:], ["to": to, "body": "x"], ["to": to, "clientMessageId": id], ["body": "x", "clientMessageId": id],
                ["to": to, "body": "", "clientMessageId": id], ["to": to, "body": "x", "clientMessageId": "1"],
                ["to": to, "body": "a\u{0}b", "clientMessageId": id],
                ["to": to, "body": .string(String(repeating: "é", count: 2001)), "clientMessageId": id],
                ["to": ["$gt": ""], "body": "x", "clientMessageId": id],
                ["to": to, "community": "chess", "body": "x", "clientMessageId": id],
                ["to": to, "body": "x", "clientMessageId": id, "seq": 1],
                ["community": "A B", "body": "x", "clientMessageId": id],
            ]
            for content in wrong { #expect(try ada.send(content).status == 400, "\(content)") }
            let longest = String(repeating: "\u{1F3B2}", count: 2000)
            let sent = try ada.say(longest, to: bob)
            let conversation = try #require(sent.json["conversationId"].string)
            #expect(try bob.history(conversation).first?["body"].string == longest)
            for query in ["?limit=0", "?limit=101", "?after=x", "?after=-1", "?before=0", "?seq=1", "?after=1&after=2"]
            {
                #expect(try ada.messages("GET", "/" + conversation + query).status == 400, "\(query)")
            }
            for content: JSONValue in [[:], ["seq": -1], ["seq": "1"], ["seq": 1, "unread": 0]] {
                #expect(try ada.messages("POST", "/\(conversation)/read", content).status == 400)
            }
            #expect(try ada.client.post("/function/send-message", ["to": to]).status == 401)
        }

        @Test func `controls of direction are kept as text, and shown as what they are`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let tricky = "see https://a.example/\u{202E}gpj.exe\u{7}\n\u{2066}x"
            let sent = try ada.say(tricky, to: bob)
            let conversation = try #require(sent.json["conversationId"].string)
            let shown = try #require(try bob.history(conversation).first)
            #expect(shown["body"].string.map { Array($0.utf8) } == Array(tricky.utf8))
            #expect(shown["display"] == "see https://a.example/\u{FFFD}gpj.exe\u{2407}\n\u{FFFD}x")
        }
    }
}
