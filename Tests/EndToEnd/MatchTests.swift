import Foundation
import JSON
import TestPictures
import Testing

extension AccountsEndToEnd {
    @Suite struct MatchTests {
        /// Puts a game into the catalogue that nobody else plays.
        private func newGame(_ installation: Installation) throws -> String {
            let game = "game-" + UUID().uuidString.lowercased()
            let admin = try Admin.appoint(at: installation)
            let put = try admin.browse("PUT", "/" + game, ["name": "New", "categories": [], "ranks": []])
            try #require(put.status == 200, "\(put)")
            return game
        }

        private func proposed(_ person: Person, _ game: String) throws -> [String] {
            let answer = try person.match("GET", "?game=" + game)
            try #require(answer.status == 200, "\(answer)")
            return answer.json["matches"].elements.compactMap { $0["player"]["login"].string }
        }

        @Test func `players are proposed best first, with what makes the score`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let ada = try Player.join(at: installation, game: game)
            let twin = try Player.join(at: installation, game: game)
            let far = try Player.join(at: installation, [("region", "asia"), ("languages", ["ja"])], game: game)
            let hidden = try Player.join(at: installation, [("visibility", "hidden")], game: game)
            let minor = try Player.join(at: installation, [("birthDate", "2012-01-01")], game: game)
            let answer = try ada.match("GET", "?limit=5")
            let best = try #require(answer.json["matches"].elements.first)
            #expect(best["player"]["login"].string == twin.login && best["score"] == 100)
            #expect(best["breakdown"] == ["games": 35, "skill": 25, "availability": 25, "preferences": 15])
            #expect(best["commonGames"].strings == [game] && best["overlapMinutes"] == 150)
            #expect(!answer.text.contains("birthDate") && !answer.text.contains("ada.plays"))
            #expect(try proposed(ada, game) == [twin.login, far.login])
            #expect(try proposed(hidden, game) == [] && proposed(minor, game) == [])
            #expect(try ada.match("GET", "?game=chess").json["matches"] == [])
            for wrong in ["?limit=0", "?limit=x", "?game=A", "?score=1"] {
                #expect(try ada.match("GET", wrong).status == 400)
            }
        }

        @Test func `without a profile there is nothing to match`() throws {
            var person = try Person.register(at: Installation.here)
            #expect(try person.match("GET").status == 401)
            try person.logIn()
            #expect(try person.match("GET").status == 409)
        }

        @Test func `the addressee alone answers a request, and the same answer again changes nothing`() throws {
            let installation = try Installation.here
            let (ada, bob, eve) = try (
                Player.join(at: installation), Player.join(at: installation), Player.join(at: installation)
            )
            let sent = try ada.match("POST", "/requests", ["to": .string(bob.login), "note": "Tonight?"])
            #expect(sent.status == 201 && sent.json["status"] == "pending" && sent.json["note"] == "Tonight?")
            let again = try ada.match("POST", "/requests", ["to": .string(bob.login), "note": "Hello?"])
            #expect(again.status == 200 && again.json == sent.json)
            let incoming = try bob.match("GET", "/requests?direction=incoming&status=pending")
            #expect(incoming.json["requests"].elements == [sent.json])
            #expect(try ada.match("GET", "/requests?direction=incoming").json["requests"] == [])
            let path = "/requests/" + (try #require(sent.json["requestId"].string))
            for answer in ["/accept", "/decline"] {
                #expect(try eve.match("POST", path + answer).status == 404)
                #expect(try ada.match("POST", path + answer).status == 404)
            }
            for _ in 0..<2 {
                let accepted = try bob.match("POST", path + "/accept")
                #expect(accepted.status == 200 && accepted.json["status"] == "accepted", "\(accepted)")
            }
            #expect(try bob.match("POST", path + "/decline").status == 409)
            #expect(
                try ada.match("GET", "/teammates").json["teammates"].elements.map { $0["login"].string } == [bob.login])
            #expect(try bob.edit("GET", "/" + ada.login).json["links"] == ["discord": "ada.plays"])
            #expect(try eve.edit("GET", "/" + ada.login).json["links"] == .null)
            let all = try installation.store.find("relations", [:])
            #expect(all.allSatisfy { !String(decoding: $0.text, as: UTF8.self).contains("Tonight?") })
            for _ in 0..<2 { #expect(try ada.match("DELETE", "/teammates/" + bob.login).status == 204) }
            #expect(try bob.match("GET", "/teammates").json["teammates"] == [])
            #expect(try bob.edit("GET", "/" + ada.login).status == 404)
            #expect(try bob.match("POST", "/requests", ["to": .string(ada.login)]).status == 404)
        }

        @Test func `two requests that cross become one, a withdrawn one is gone`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let first = try ada.match("POST", "/requests", ["to": .string(bob.login)])
            let path = "/requests/" + (try #require(first.json["requestId"].string))
            #expect(try bob.match("DELETE", path).status == 204)
            #expect(try ada.match("GET", "/requests").json["requests"].elements.count == 1)
            for _ in 0..<2 { #expect(try ada.match("DELETE", path).status == 204) }
            #expect(try bob.match("POST", path + "/accept").status == 404)
            let sent = try ada.match("POST", "/requests", ["to": .string(bob.login)])
            let crossed = try bob.match("POST", "/requests", ["to": .string(ada.login)])
            #expect(crossed.status == 201 && crossed.json["status"] == "accepted")
            #expect(crossed.json["requestId"] == sent.json["requestId"])
        }

        @Test func `a hundred answers at once end in one state`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let sent = try ada.match("POST", "/requests", ["to": .string(bob.login)])
            let path = "/requests/" + (try #require(sent.json["requestId"].string))
            let answers = Parallel.run(100) { number in
                try? bob.match("POST", path + (number % 2 == 0 ? "/accept" : "/decline"))
            }.compactMap { $0 }
            let statuses = Set(answers.filter { $0.status == 200 }.compactMap { $0.json["status"].string })
            #expect(statuses.count == 1)
            #expect(answers.allSatisfy { [200, 409, 503].contains($0.status) })
            let kept = try ada.match("GET", "/requests").json["requests"].elements.compactMap { $0["status"].string }
            #expect(kept == Array(statuses))
            let told = try ada.messages("GET", "/notifications").json["notifications"].elements
            #expect(told.map { $0["type"] } == (statuses == ["accepted"] ? ["match-accepted"] : []))
        }

        @Test func `two requests that are sent at the same time become one match`() throws {
            let installation = try Installation.here
            let pair = try [Player.join(at: installation), Player.join(at: installation)]
            let answers = Parallel.run(8) { number in
                try? pair[number % 2].match("POST", "/requests", ["to": .string(pair[1 - number % 2].login)])
            }.compactMap { $0 }
            #expect(answers.count == 8 && answers.allSatisfy { [200, 201].contains($0.status) }, "\(answers)")
            #expect(Set(answers.compactMap { $0.json["requestId"].string }).count == 1)
            for person in pair {
                let requests = try person.match("GET", "/requests").json["requests"].elements
                #expect(requests.count == 1 && requests.first?["status"] == "accepted")
                #expect(try person.match("GET", "/teammates").json["teammates"].elements.count == 1)
            }
        }

        @Test func `a block works at once and both ways, and looks like absence`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let (ada, bob) = try (
                Player.join(at: installation, game: game), Player.join(at: installation, game: game)
            )
            let absent = try bob.edit("GET", "/" + Person.newLogin())
            let sent = try bob.match("POST", "/requests", ["to": .string(ada.login)])
            let path = "/requests/" + (try #require(sent.json["requestId"].string))
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            #expect(try bob.edit("GET", "/\(ada.login)/avatar").likeness == absent.likeness)
            #expect(try bob.match("PUT", "/blocks/" + ada.login).likeness == absent.likeness)
            for answer in ["/accept", "/decline"] {
                #expect(try ada.match("POST", path + answer).likeness == absent.likeness)
            }
            #expect(try bob.edit("GET", "/" + ada.login).likeness == absent.likeness)
            #expect(try ada.edit("GET", "/" + bob.login).likeness == absent.likeness)
            #expect(try proposed(ada, game) == [] && proposed(bob, game) == [])
            #expect(try bob.match("POST", "/requests", ["to": .string(ada.login)]).status == 404)
            #expect(try ada.match("POST", path + "/accept").status == 404)
            #expect(try bob.match("GET", "/requests").json["requests"] == [])
            #expect(try ada.match("GET", "/blocks").json["blocks"].elements == [["login": .string(bob.login)]])
            #expect(try bob.match("GET", "/blocks").json["blocks"] == [])
            #expect(try bob.match("DELETE", "/blocks/" + ada.login).status == 204)
            #expect(try bob.edit("GET", "/" + ada.login).status == 404)
            for _ in 0..<2 { #expect(try ada.match("DELETE", "/blocks/" + bob.login).status == 204) }
            #expect(try ada.match("GET", "/blocks").json["blocks"] == [])
        }

        @Test func `for a stranger who was blocked the other is nobody, on every route`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            #expect(
                try ProfileTests.looks(of: bob, at: ada.login) == ProfileTests.looks(of: bob, at: Person.newLogin()))
            for list in ["/requests", "/teammates", "/blocks"] {
                #expect(try !bob.match("GET", list).text.contains(ada.login))
            }
        }

        @Test func `who speaks up in a community can be blocked by those who hear him, though he hides`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let (ada, bob) = try (
                Player.join(at: installation, game: game),
                Player.join(at: installation, [("visibility", "hidden")], game: game)
            )
            let eve = try Player.join(at: installation, game: "go")
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 404)
            #expect(try bob.say("Hear me.", community: game).status == 201)
            #expect(try eve.match("PUT", "/blocks/" + bob.login).status == 404)
            #expect(try ada.match("PUT", "/blocks/" + bob.login).status == 200)
            #expect(try ada.edit("GET", "/" + bob.login).status == 404)
        }

        @Test func `when one of two comes of age, what was between them shows no more`() throws {
            let installation = try Installation.here
            let (ada, bob, eve) = try (
                Player.join(at: installation), Player.join(at: installation), Player.join(at: installation)
            )
            for (one, other) in [(ada, bob), (bob, ada), (eve, bob)] {
                #expect(try one.match("POST", "/requests", ["to": .string(other.login)]).status == 201)
            }
            #expect(try bob.match("GET", "/teammates").text.contains(ada.login))
            #expect(try bob.match("GET", "/requests").json["requests"].elements.count == 2)
            #expect(try ada.say("Tonight?", to: bob).status == 201)
            let admin = try Admin.appoint(at: installation)
            #expect(try admin.edit("PUT", "/\(bob.login)/birth-date", ["birthDate": "2012-01-01"]).status == 200)
            for (one, other) in [(ada, bob), (bob, ada), (eve, bob), (bob, eve)] {
                for list in ["", "/teammates", "/requests"] {
                    #expect(try !one.match("GET", list).text.contains(other.login))
                }
                #expect(try one.edit("GET", "/" + other.login).status == 404)
                #expect(try one.edit("GET", "/\(other.login)/avatar").status == 404)
                let said = try one.say("Still there?", to: other)
                #expect(said.status == 403 && said.slug == "not-matched")
            }
            let waiting = try eve.match("GET", "/requests").json["requests"]
            #expect(waiting == [])
            #expect(try admin.edit("PUT", "/\(bob.login)/birth-date", ["birthDate": "1990-05-17"]).status == 200)
            #expect(try bob.say("Here I am.", to: ada).status == 201)
        }

        @Test func `minors and adults meet by no route, whoever asks`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            let ada = try Player.join(at: installation, game: game)
            let minor = try Player.join(at: installation, [("birthDate", "2012-01-01")], game: game)
            for (one, other) in [(ada, minor), (minor, ada)] {
                #expect(try proposed(one, game) == [])
                #expect(try ProfileTests.looks(of: one, at: other.login) == ProfileTests.looks(of: one, at: "nobody"))
                #expect(try one.say("Hello?", to: other).status == 403)
                #expect(try one.say("Anybody?", community: game).status == 201)
                let members = try one.messages("GET", "/communities/\(game)/members")
                #expect(members.text.contains(one.login) && !members.text.contains(other.login))
                #expect(try one.match("GET", "/requests").json["requests"] == [])
            }
            let groups = try [ada, minor].map { try $0.messages("GET").json["conversations"].elements[0] }
            #expect(groups[0]["conversationId"] != groups[1]["conversationId"])
            #expect(groups.allSatisfy { $0["lastSeq"] == 1 })
            let foreign = try #require(groups[0]["conversationId"].string)
            #expect(try minor.messages("GET", "/" + foreign).status == 404)
        }

        @Test func `an export holds all of a player, and an erasure leaves nothing of him to anybody`() throws {
            let installation = try Installation.here
            let game = try newGame(installation)
            var ada = try Player.join(at: installation, game: game)
            let (bob, eve) = try (
                Player.join(at: installation, game: game), Player.join(at: installation, game: game)
            )
            let mallory = try Player.join(at: installation, game: game)
            #expect(try ada.sendAvatar(AvatarTests.red.bytes).status == 200)
            let sent = try ada.match("POST", "/requests", ["to": .string(bob.login), "note": "Tonight?"])
            #expect(sent.status == 201)
            #expect(try bob.match("GET", "/requests").text.contains("Tonight?"))
            try Player.befriend(eve, ada)
            #expect(try ada.match("PUT", "/blocks/" + mallory.login).status == 200)
            let export = try ada.manage("GET", "/export").json
            #expect(export["library"].elements.map { $0["gameId"].string } == [game])
            #expect(export["profile"]["birthDate"] == "1990-05-17" && export["profile"]["availability"] != [])
            #expect(export["avatar"].string?.hasPrefix("data:image/png;base64,") == true)
            let relations = Dictionary(
                uniqueKeysWithValues: export["relations"].elements.map { ($0["with"].string ?? "", $0) })
            #expect(relations[bob.accountID]?["request"]["note"] == "Tonight?")
            #expect(relations[eve.accountID]?["request"]["status"] == "accepted")
            #expect(relations[mallory.accountID]?["blocked"] == true)
            #expect(try ada.prove("POST", "/erase").status == 204)
            for person in [bob, eve, mallory] {
                for list in ["", "/requests", "/teammates", "/blocks"] {
                    #expect(try !person.match("GET", list).text.contains(ada.login))
                }
                let nobody = try ProfileTests.looks(of: person, at: Person.newLogin())
                #expect(try ProfileTests.looks(of: person, at: ada.login) == nobody)
            }
            for (collection, member) in [
                ("players", "_id"), ("avatars", "_id"), ("relations", "players"), ("notifications", "account"),
            ] {
                let filter = JSONValue.object(JSONObject([(member, Stored.id(ada.accountID))]))
                #expect(try installation.store.find(collection, filter).isEmpty, "\(collection)")
            }
        }

        @Test func `what is not a request is refused`() throws {
            let person = try Player.join(at: Installation.here)
            let wrong: [JSONValue] = [
                [:], ["to": "x"], ["to": ["$ne": ""]], ["to": "nobody", "status": "accepted"],
                ["to": "nobody", "note": .string(String(repeating: "x", count: 281))],
            ]
            for content in wrong { #expect(try person.match("POST", "/requests", content).status == 400) }
            #expect(try person.match("POST", "/requests", ["to": "nobody-here"]).status == 404)
            #expect(try person.match("POST", "/requests", ["to": .string(person.login)]).status == 404)
            #expect(try person.match("GET", "/requests?status=blocked").status == 400)
            #expect(try person.match("POST", "/requests/none/accept").status == 404)
        }
    }
}
