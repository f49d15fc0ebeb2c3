import Foundation
import JSON
import Testing

extension MessagesEndToEnd {
    @Suite struct MessageSecrecyTests {
        @Test func `to third parties a conversation is nothing, on every verb`() throws {
            let installation = try Installation.here
            let (ada, bob) = try Player.teammates(at: installation)
            let eve = try Player.join(at: installation)
            let sent = try ada.say("Between us", to: bob)
            let theirs = try #require(sent.json["conversationId"].string)
            let nothing = "018f6f4e-0000-7000-8000-000000000000"
            let calls: [(String, String, JSONValue?)] = [
                ("GET", "", nil), ("HEAD", "", nil), ("POST", "/read", ["seq": 1]), ("DELETE", "/1", nil),
                ("GET", "?after=0&limit=1", nil), ("PUT", "", nil), ("PATCH", "/1", nil),
            ]
            for (method, path, content) in calls {
                let real = try eve.messages(method, "/" + theirs + path, content)
                let absent = try eve.messages(method, "/" + nothing + path, content)
                #expect(real.likeness == absent.likeness && real.status >= 400, "\(method) \(path): \(real)")
            }
            #expect(try eve.messages("GET").json["conversations"] == [])
            #expect(try bob.history(theirs).count == 1)
        }

        @Test func `a block in mid-conversation stops both at once, and does not say why`() throws {
            let installation = try Installation.here
            let (ada, bob) = try Player.teammates(at: installation)
            let stranger = try Player.join(at: installation)
            let id = try #require(try ada.say("Before", to: bob).json["conversationId"].string)
            let refused = try stranger.say("Hello", to: ada)
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            for (one, other) in [(ada, bob), (bob, ada)] {
                #expect(try one.say("After", to: other).likeness == refused.likeness)
                #expect(try one.history(id).map { $0["body"] } == ["Before"])
            }
            #expect(try ada.match("DELETE", "/blocks/" + bob.login).status == 204)
            #expect(try bob.say("After", to: ada).status == 403)
        }

        @Test func `in a community, who blocked whom do not see each other`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let people = try (0..<3).map { _ in try Player.join(at: installation, game: game) }
            let (ada, bob, eve) = (people[0], people[1], people[2])
            let id = try #require(try ada.say("From Ada", community: game).json["conversationId"].string)
            #expect(try bob.say("From Bob", community: game).json["seq"] == 2)
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            #expect(try ada.history(id).map { $0["body"] } == ["From Ada"])
            #expect(try bob.history(id).map { $0["body"] } == ["From Bob"])
            #expect(try eve.history(id).map { $0["body"] } == ["From Ada", "From Bob"])
            #expect(try ada.conversation(id)["lastMessage"]["body"] == "From Ada")
            #expect(try ada.messages("DELETE", "/\(id)/2").status == 404)
            let members = try ada.messages("GET", "/communities/\(game)/members").json["members"].elements
            #expect(Set(members.compactMap { $0["login"].string }) == [ada.login, eve.login])
        }

        @Test func `a community has those who play the game and are of one age group`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let (ada, bob) = try (
                Player.join(at: installation, game: game), Player.join(at: installation, game: game)
            )
            let minor = try Player.join(at: installation, [("birthDate", "2012-01-01")], game: game)
            let outsider = try Player.join(at: installation)
            let own = try #require(
                try ada.messages("GET", "/communities?limit=100").json["communities"].elements
                    .first { $0["gameId"].string == game })
            #expect(own.names == ["conversationId", "gameId", "name", "members"] && own["members"] == 2)
            let id = try #require(own["conversationId"].string)
            #expect(try bob.history(id) == [])
            let absent = try outsider.messages("GET", "/018f6f4e-0000-7000-8000-000000000000")
            for stranger in [minor, outsider] {
                #expect(try stranger.messages("GET", "/" + id).likeness == absent.likeness)
            }
            #expect(try outsider.messages("GET", "/communities/\(game)/members").likeness == absent.likeness)
            #expect(try ada.say("All welcome", community: game).json["conversationId"].string == id)
            let shown = try bob.conversation(id)
            #expect(shown["community"] == ["gameId": .string(game), "name": "New"] && shown["unread"] == 1)
            let theirs = try minor.say("Minors only", community: game)
            #expect(theirs.status == 201 && theirs.json["conversationId"].string != id)
            let page = try bob.messages("GET", "/communities/\(game)/members?limit=1")
            let next = try #require(page.json["next"].string)
            let rest = try bob.messages("GET", "/communities/\(game)/members?limit=1&after=" + next)
            let logins = (page.json["members"].elements + rest.json["members"].elements).compactMap {
                $0["login"].string
            }
            #expect(Set(logins) == [ada.login, bob.login] && rest.json["next"] == .null)
            #expect(try bob.browse("DELETE", "/library/" + game).status == 204)
            #expect(try bob.messages("GET", "/" + id).likeness == absent.likeness)
            #expect(try bob.say("Still here?", community: game).slug == "not-matched")
        }

        @Test func `an admin deletes in a community for everyone, and is named in the audit`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let ada = try Player.join(at: installation, game: game)
            let id = try #require(try ada.say("Unfit", community: game).json["conversationId"].string)
            let admin = try Admin.appoint(at: installation)
            #expect(try admin.messages("GET", "/" + id).status == 404)
            #expect(try admin.messages("DELETE", "/\(id)/1").status == 204)
            #expect(try ada.history(id).first?["deleted"] == true)
            let events = try installation.store.find(
                "audit",
                [
                    "type": "message.removed", "subject.account": Stored.id(ada.accountID),
                    "actor.account": Stored.id(admin.accountID),
                ])
            #expect(events.count == 1)
            let direct = try Player.teammates(at: installation)
            let theirs = try #require(try direct.0.say("Ours", to: direct.1).json["conversationId"].string)
            #expect(try admin.messages("DELETE", "/\(theirs)/1").status == 404)
        }

        @Test func `whoever is erased leaves tombstones and no more`() throws {
            let installation = try Installation.here
            var (ada, bob) = try Player.teammates(at: installation)
            let id = try #require(try ada.say("Gone soon", to: bob).json["conversationId"].string)
            #expect(try bob.say("Staying", to: ada).status == 201)
            #expect(try ada.messages("POST", "/\(id)/read", ["seq": 2]).status == 200)
            let export = try ada.manage("GET", "/export").json["messages"]
            #expect(export["sent"].elements.map { $0["body"] } == ["Gone soon"])
            #expect(export["sent"].elements.first?["to"].string == bob.accountID)
            #expect(export["read"].elements.map { $0["readUpTo"] } == [2])
            #expect(try ada.prove("POST", "/erase").status == 204)
            let history = try bob.history(id)
            #expect(history.map { $0["deleted"] } == [true, .null] && history.first?["from"] == .null)
            #expect(try bob.conversation(id)["with"] == ["login": .null, "displayName": .null])
            let left = try installation.store.find("messages", ["sender": Stored.id(ada.accountID)])
            #expect(left.count == 1 && left[0]["body"] == .null && left[0]["repeat"] == .null)
            #expect(try installation.store.find("readMarkers", ["_id.account": Stored.id(ada.accountID)]).isEmpty)
            #expect(try bob.messages("POST", "/erasures/run").status == 404)
        }

        /// Puts a game into the catalogue that nobody else plays.
        private func newGame(_ installation: Installation) throws -> String {
            let game = "game-" + UUID().uuidString.lowercased()
            let put = try Admin.appoint(at: installation)
                .browse("PUT", "/" + game, ["name": "New", "categories": [], "ranks": []])
            try #require(put.status == 200, "\(put)")
            return game
        }
    }
}
