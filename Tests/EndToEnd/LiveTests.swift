import Foundation
import JSON
import Testing

extension MessagesEndToEnd {
    @Suite struct LiveTests {
        @Test func `what is said, read and deleted comes to the streams of both, in order, and resumes`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let first = try EventReader(bob)
            let own = try EventReader(ada)
            let sent = try ada.say("Tonight at nine?", to: bob)
            let id = sent.json["conversationId"]
            let path = "/" + (try #require(id.string))
            let message: JSONValue = ["conversationId": id, "seq": 1, "messageId": sent.json["messageId"]]
            for stream in [first, own] { stream.expect("message", message) }
            let left = first.lastID
            first.close()
            #expect(try bob.messages("POST", path + "/read", ["seq": 1]).status == 200)
            #expect(try ada.messages("DELETE", path + "/1").status == 204)
            let second = try EventReader(bob, after: left)
            for stream in [second, own] {
                stream.expect("read", ["conversationId": id, "seq": 1, "by": .string(bob.login)])
                stream.expect("deleted", ["conversationId": id, "seq": 1])
            }
            #expect(second.events.filter { $0.type == "message" }.isEmpty)
            #expect(own.events.filter { $0.type != "notification" }.map(\.type) == ["message", "read", "deleted"])
            #expect(!(first.text + second.text + own.text).contains("Tonight"))
            #expect(second.status == 200 && second.text.contains("content-type: text/event-stream"))
            #expect(second.text.lowercased().contains("cache-control: no-store"))
        }

        @Test func `history that waits is answered as soon as there is news`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let id = try #require(try ada.say("One", to: bob).json["conversationId"].string)
            let answers = Parallel.run(2) { index in
                if index == 0 { return try? bob.messages("GET", "/\(id)?after=1&wait=25") }
                let isHeld = Patience.until {
                    (try? ada.client.send("GET", "/metrics").text.contains("passerelle_held_calls 0\n")) == false
                }
                return isHeld ? try? ada.say("Two", to: bob) : nil
            }
            let news = answers.compactMap { $0?.json["messages"].elements.compactMap { $0["body"].string } }
            #expect(news.contains(["Two"]), "\(answers)")
            #expect(try bob.history(id, "?after=2&wait=1") == [])
            #expect(try bob.history(id, "?wait=25").count == 2)
            for wrong in ["26", "-1", "x", ""] {
                #expect(try bob.messages("GET", "/\(id)?wait=" + wrong).status == 400)
            }
        }

        @Test func `a revoked session's stream ends, and is not given again`() throws {
            let installation = try Installation.here
            var ada = try Player.join(at: installation)
            let stolen = ada
            try ada.logIn()
            let stream = try EventReader(stolen)
            let kept = try EventReader(ada)
            #expect(try ada.client.send("DELETE", "/function/manage-account/sessions", ada.bearer).status == 204)
            stream.expectEnd()
            #expect(try EventReader(stolen, after: stream.lastID).status == 401)
            #expect(try kept.isOpen && stolen.messages("GET", "/notifications?wait=25").status == 401)
        }

        @Test func `between two of whom one has blocked the other nothing is told`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let id = try ada.say("Hello", to: bob).json["conversationId"]
            let path = "/" + (try #require(id.string))
            let (hers, his) = (try EventReader(ada), try EventReader(bob))
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            #expect(try bob.say("Still there?", to: ada).status == 403)
            #expect(try bob.messages("POST", path + "/read", ["seq": 1]).status == 200)
            his.expect("read", ["conversationId": id, "seq": 1, "by": .string(bob.login)])
            let eve = try Player.join(at: Installation.here)
            try Player.befriend(ada, eve)
            let later = try eve.say("Hello", to: ada).json
            hers.expect(
                "message",
                ["conversationId": later["conversationId"], "seq": 1, "messageId": later["messageId"]])
            #expect(hers.events.allSatisfy { $0.data["conversationId"] != id }, "\(hers.text)")
        }

        @Test func `who joins a community is told of it once his stream has resumed`() throws {
            let installation = try Installation.here
            let game = "game-" + UUID().uuidString.lowercased()
            let admin = try Admin.appoint(at: installation)
            #expect(try admin.browse("PUT", "/" + game, ["name": "New", "categories": [], "ranks": []]).status == 200)
            let (ada, bob) = (try Player.join(at: installation, game: game), try Player.join(at: installation))
            let before = try EventReader(bob)
            #expect(try bob.browse("PUT", "/library/" + game, ["level": "expert"]).status == 200)
            before.expectEnd()
            let after = try EventReader(bob, after: before.lastID)
            let said = try ada.say("Anybody?", community: game).json
            after.expect(
                "message", ["conversationId": said["conversationId"], "seq": 1, "messageId": said["messageId"]])
            #expect(try bob.browse("DELETE", "/library/" + game).status == 204)
            after.expectEnd()
            let outside = try EventReader(bob, after: after.lastID)
            #expect(try ada.say("Nobody?", community: game).status == 201)
            let later = try Player.join(at: installation)
            try Player.befriend(later, bob)
            let isTold = Patience.until { outside.events.contains { $0.type == "notification" } }
            #expect(isTold && outside.numbers.isEmpty)
        }

        @Test func `an id that is none is refused, an old one resumed from, and one that lies ahead gives one reset`()
            throws
        {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            for wrong in ["x", "1", String(repeating: "g", count: 24)] {
                #expect(try EventReader(bob, after: wrong).status == 400)
            }
            let ahead = try EventReader(bob, after: "fffffff00000000100000001")
            ahead.expect("reset", [:])
            let sent = try ada.say("Hello", to: bob).json
            ahead.expect(
                "message",
                ["conversationId": sent["conversationId"], "seq": sent["seq"], "messageId": sent["messageId"]])
            #expect(ahead.events.filter { $0.type == "reset" }.count == 1)
            let old = try EventReader(bob, after: "000000010000000100000001")
            let isCaughtUp = Patience.until { old.events.last == ahead.events.last }
            #expect(isCaughtUp && old.events.filter { $0.type == "message" }.count == 1, "\(old.text)")
        }

        @Test func `fields by which functions speak to the gateway mean nothing from a caller`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let eve = try Player.join(at: Installation.here)
            let channel = "account:" + bob.accountID
            let forged = [
                "Grip-Hold: stream", "Grip-Channel: \(channel); prev-id=000000010000000100000001", "Grip-Timeout: 9",
            ]
            let stream = try EventReader(eve, fields: forged)
            #expect(try ada.say("For Bob", to: bob).status == 201)
            try Player.befriend(ada, eve)
            let isTold = Patience.until { stream.events.contains { $0.type == "notification" } }
            #expect(isTold && stream.numbers.isEmpty)
            let fields = ["Grip-Hold": "stream", "Grip-Channel": channel, "Grip-Timeout": "9"]
            let plain = try eve.client.send("GET", "/function/read-messages", eve.bearer.merging(fields) { $1 })
            #expect(plain.status == 200 && plain["content-length"] != nil)
            #expect(try eve.client.send("GET", "/function/follow-events/next").status == 404)
        }
    }
}
