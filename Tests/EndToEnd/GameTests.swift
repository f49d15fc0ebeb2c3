import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct GameTests {
        @Test func `anyone reads the whole catalogue page by page, each game once`() throws {
            let client = try Installation.here.client
            var games: [String] = []
            var next: String? = ""
            while let after = next {
                let page = try client.send(
                    "GET", "/function/browse-games?limit=25" + (after.isEmpty ? "" : "&after=\(after)"))
                try #require(page.status == 200, "\(page)")
                games += page.json["games"].elements.compactMap { $0["gameId"].string }
                next = page.json["next"].string
            }
            #expect(games.count >= 60 && games == Set(games).sorted())
            let chess = try client.send("GET", "/function/browse-games/chess")
            #expect(chess.json["name"] == "Chess" && chess.json.names == ["gameId", "name", "categories", "ranks"])
            #expect(chess.json["ranks"].elements.last?["rank"] == 100)
            #expect(try client.send("GET", "/function/browse-games/no-such-game").status == 404)
        }

        @Test func `the catalogue is searched by a part of the name and by category, and by no pattern`() throws {
            let client = try Installation.here.client
            let found = try client.send("GET", "/function/browse-games?query=LEGENDS")
            #expect(found.json["games"].elements.map { $0["gameId"] } == ["apex-legends", "league-of-legends"])
            let board = try client.send("GET", "/function/browse-games?category=board")
            #expect(board.json["games"].elements.map { $0["gameId"] } == ["chess", "go"])
            #expect(try client.send("GET", "/function/browse-games?query=.*").json["games"] == [])
            for wrong in ["limit=0", "limit=101", "after=AAAA", "sort=name"] {
                #expect(try client.send("GET", "/function/browse-games?" + wrong).status == 400)
            }
        }

        @Test func `a library keeps what its owner says of a game`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            #expect(try person.browse("GET", "/library").status == 401)
            try person.logIn()
            let entry: JSONValue = [
                "level": "advanced", "rankName": "Gold", "weight": 4, "hoursPlayed": 120,
                "statistics": ["wins": 31, "ratio": .number(0.5)],
            ]
            let put = try person.browse("PUT", "/library/league-of-legends", entry)
            #expect(put.status == 200, "\(put)")
            #expect(put.json["rank"] == 33 && put.json["rankName"] == "Gold" && put.json["weight"] == 4)
            #expect(put.json["statistics"]["wins"] == 31 && put.json["statistics"]["ratio"] == .number(0.5))
            let plain = try person.browse("PUT", "/library/chess", ["level": "beginner"])
            #expect(plain.json["weight"] == 1 && plain.json["rank"] == .null && plain.json["hoursPlayed"] == 0)
            let library = try person.browse("GET", "/library")
            #expect(library.json["games"].elements == [plain.json, put.json] && library.json["next"] == .null)
            let first = try person.browse("GET", "/library?limit=1")
            let second = try person.browse("GET", "/library?limit=1&after=" + #require(first.json["next"].string))
            #expect(second.json["games"].elements == [put.json])
            for _ in 0..<2 { #expect(try person.browse("DELETE", "/library/chess").status == 204) }
            #expect(try person.browse("GET", "/library").json["games"].elements == [put.json])
        }

        @Test func `what is not an entry is refused, a game that is not there is not found`() throws {
            let person = try Player.join(at: Installation.here)
            let wrong: [JSONValue] = [
                [:], ["level": "god"], ["level": "expert", "rank": 101], ["level": "expert", "rank": -1],
                ["level": "expert", "rank": 50, "rankName": "Gold"], ["level": "expert", "rankName": "No such rank"],
                ["level": "expert", "weight": 3], ["level": "expert", "hoursPlayed": 100_001],
                ["level": "expert", "statistics": ["": 1]], ["level": "expert", "statistics": ["wins": "many"]],
                ["level": "expert", "score": 1], ["level": ["$ne": "x"]],
                ["level": "expert", "statistics": .object(JSONObject((0..<21).map { ("s\($0)", 1) }))],
            ]
            for content in wrong {
                let answer = try person.browse("PUT", "/library/league-of-legends", content)
                #expect(answer.status == 400, "\(content): \(answer)")
            }
            #expect(try person.browse("PUT", "/library/no-such-game", ["level": "expert"]).status == 404)
            #expect(try person.browse("GET", "/library").json["games"].elements.count == 1)
        }

        @Test func `admins alone change the catalogue, and no game goes that somebody plays`() throws {
            let installation = try Installation.here
            let game: JSONValue = [
                "name": "Mah-jongg", "categories": ["board"],
                "ranks": [["name": "Novice", "rank": 0], ["name": "Dan", "rank": 90]],
            ]
            let person = try Player.join(at: installation)
            #expect(try person.browse("PUT", "/mah-jongg", game).status == 403)
            #expect(try person.browse("DELETE", "/mah-jongg").status == 403)
            let admin = try Admin.appoint(at: installation)
            let put = try admin.browse("PUT", "/mah-jongg", game)
            #expect(put.status == 200, "\(put)")
            #expect(try person.browse("GET", "/mah-jongg").json == put.json)
            #expect(try admin.browse("PUT", "/library", game).status == 405)
            #expect(try admin.browse("PUT", "/Mah_Jongg", game).status == 400)
            #expect(
                try person.browse("PUT", "/library/mah-jongg", ["level": "expert", "rankName": "Dan"]).status == 200)
            #expect(try admin.browse("DELETE", "/mah-jongg").status == 409)
            #expect(try person.browse("DELETE", "/library/mah-jongg").status == 204)
            for _ in 0..<2 { #expect(try admin.browse("DELETE", "/mah-jongg").status == 204) }
            #expect(try person.browse("GET", "/mah-jongg").status == 404)
        }
    }
}
