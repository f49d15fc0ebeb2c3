import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct ProfileTests {
        private static let patch = "application/merge-patch+json"

        @Test func `a profile is not there before the first one is put, and is then as it was put`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            #expect(try person.edit("GET").status == 401)
            try person.logIn()
            #expect(try person.edit("GET").status == 404)
            #expect(try person.edit("PATCH", "", ["bio": ""], type: Self.patch).status == 404)
            let put = try person.edit("PUT", "", .object(Player.profile))
            #expect(put.status == 200, "\(put)")
            #expect(try person.edit("GET").json == put.json)
            for member in Player.profile.members { #expect(put.json[member.name] == member.value) }
        }

        @Test func `a patch changes what it names, takes away what it sets to null, and keeps the rest`() throws {
            let person = try Player.join(at: Installation.here)
            let change: JSONValue = [
                "bio": "New.", "region": .null, "links": ["twitch": "ada_lovelace", "discord": .null],
            ]
            let patched = try person.edit("PATCH", "", change, type: Self.patch)
            #expect(patched.status == 200, "\(patched)")
            #expect(patched.json["bio"] == "New." && patched.json["region"] == .null)
            #expect(patched.json["links"] == ["twitch": "ada_lovelace"])
            for name in ["displayName", "birthDate", "languages", "timeZone", "availability", "voiceChat"] {
                #expect(patched.json[name] == Player.profile[name])
            }
            #expect(try person.edit("PATCH", "", ["displayName": .null], type: Self.patch).status == 400)
            #expect(try person.edit("PATCH", "", ["score": .null], type: Self.patch).status == 400)
            #expect(try person.edit("GET").json == patched.json)
        }

        @Test func `what is not a profile is refused, and changes nothing`() throws {
            let person = try Player.join(at: Installation.here)
            let window: (String, String) -> JSONValue = { [["day": "monday", "from": .string($0), "to": .string($1)]] }
            let wrong: [(String, JSONValue)] = [
                ("score", 100), ("status", "active"), ("accountId", "x"), ("roles", ["admin"]), ("displayName", ""),
                ("displayName", .string(String(repeating: "x", count: 41))), ("displayName", ["$gt": ""]),
                ("bio", .string(String(repeating: "x", count: 1001))), ("birthDate", "2001-02-29"),
                ("birthDate", "2999-01-01"), ("languages", []), ("languages", ["xx"]), ("languages", ["fr", "fr"]),
                ("region", "atlantis"), ("timeZone", "Mars/Base"), ("timeZone", "../../etc/passwd"),
                ("playStyle", "loud"), ("voiceChat", true), ("availability", window("20:00", "20:00")),
                ("availability", window("20:00", "24:01")), ("visibility", "friends"), ("links", ["fax": "1"]),
                ("links", ["discord": "A B"]), ("region", .null),
                ("availability", .array((0..<51).map { _ in ["day": "friday", "from": "08:00", "to": "09:00"] })),
            ]
            let before = try person.edit("GET").json
            for change in wrong {
                let answer = try person.edit("PUT", "", Player.profile([change]))
                #expect(answer.status == 400 && answer.slug == "invalid-request", "\(change): \(answer)")
            }
            #expect(try person.edit("GET").json == before)
        }

        @Test func `a birth date is set once, and an admin alone corrects it`() throws {
            let installation = try Installation.here
            let person = try Player.join(at: installation)
            let other = try person.edit("PUT", "", Player.profile([("birthDate", "1991-05-17")]))
            #expect(other.status == 409 && other.slug == "conflict")
            let path = "/\(person.login)/birth-date"
            #expect(try person.edit("PUT", path, ["birthDate": "1991-05-17"]).status == 403)
            let admin = try Admin.appoint(at: installation)
            #expect(try admin.edit("PUT", path, ["birthDate": "yesterday"]).status == 400)
            #expect(try admin.edit("PUT", "/nobody-here/birth-date", ["birthDate": "1991-05-17"]).status == 404)
            #expect(try admin.edit("PUT", path, ["birthDate": "1991-05-17"]).status == 200)
            #expect(try person.edit("GET").json["birthDate"] == "1991-05-17")
            let told = try installation.store.find(
                "audit",
                [
                    "type": "birth-date.corrected", "subject.account": Stored.id(person.accountID),
                    "actor.account": Stored.id(admin.accountID),
                ])
            #expect(told.count == 1)
        }

        @Test func `availability and zone change five times a day, also when all tries come at once`() throws {
            let person = try Player.join(at: Installation.here)
            let answers = Parallel.run(12) { number -> Answer? in
                let from = JSONValue.string("0\(number % 10):0\(number / 10)")
                let window: JSONValue = ["day": "friday", "from": from, "to": "11:00"]
                return try? person.edit("PATCH", "", ["availability": [window]], type: Self.patch)
            }.compactMap { $0 }
            #expect(answers.filter { $0.status == 200 }.count == 5)
            let refused = answers.filter { $0.status == 429 }
            #expect(refused.count == 7 && refused.allSatisfy { $0.slug == "rate-limited" && $0["retry-after"] != nil })
            #expect(try person.edit("PATCH", "", ["timeZone": "Asia/Tokyo"], type: Self.patch).status == 429)
            #expect(try person.edit("PATCH", "", ["bio": "Still mine."], type: Self.patch).status == 200)
        }

        @Test func `two who share a game see each other, without what is nobody's business`() throws {
            let installation = try Installation.here
            let ada = try Player.join(at: installation)
            let bob = try Player.join(at: installation, [("displayName", "Bob")])
            let view = try ada.edit("GET", "/" + bob.login.uppercased())
            #expect(view.status == 200, "\(view)")
            #expect(view.json["login"].string == bob.login && view.json["displayName"] == "Bob")
            #expect(view.json["games"].elements.first?["gameId"] == "chess")
            #expect(view.json["games"].elements.first?["name"] == "Chess")
            #expect(view.json["statistics"]["games"] == 1)
            for secret in [
                "birthDate", "1990", "timeZone", "Paris", "availability", "22:30", "links", "ada.plays", "email",
            ] {
                #expect(!view.text.contains(secret))
            }
        }

        @Test func `whoever may not be seen is not there, byte for byte`() throws {
            let installation = try Installation.here
            let ada = try Player.join(at: installation)
            let absent = try ada.edit("GET", "/" + Person.newLogin())
            #expect(absent.status == 404)
            let minor = try Player.join(at: installation, [("birthDate", .string(Self.sixteenYearsAgo))])
            let hidden = try Player.join(at: installation, [("visibility", "hidden")])
            let stranger = try Player.join(at: installation, game: "go")
            for other in [minor, hidden, stranger] {
                for (one, another) in [(ada, other), (other, ada)] {
                    let absent = try Self.looks(of: one, at: Person.newLogin())
                    #expect(try Self.looks(of: one, at: another.login) == absent)
                }
                #expect(try other.edit("GET", "/" + other.login).status == 200)
                #expect(try other.edit("GET", "/\(other.login)/avatar").status == 200)
            }
            let admin = try Admin.appoint(at: installation)
            let locked = try Player.join(at: installation)
            #expect(try ada.edit("GET", "/" + locked.login).status == 200)
            #expect(try admin.manage("PUT", "/accounts/\(locked.login)/lock").status == 200)
            #expect(try ada.edit("GET", "/" + locked.login).likeness == absent.likeness)
        }

        @Test func `birth date, bio and links are nowhere in the clear`() throws {
            let installation = try Installation.here
            let mark = String(UUID().uuidString.lowercased().prefix(13))
            let person = try Player.join(
                at: installation, [("bio", .string("bio " + mark)), ("links", ["steam": .string("s" + mark)])])
            let all = try installation.store.find("players", [:])
            let stored = try #require(all.first { $0["profile"]["displayName"] == "Ada" })
            for text in [mark, "1990-05-17"] {
                #expect(all.allSatisfy { !String(decoding: $0.text, as: UTF8.self).contains(text) })
            }
            for name in ["bio", "birthDate", "links"] {
                #expect(stored["profile"][name]["$binary"]["subType"].string == "06")
            }
            #expect(try person.edit("GET").text.contains(mark))
        }

        /// What one learns of another on every route that takes a login; all are the 404 of nobody.
        static func looks(of one: Person, at login: String) throws -> [[String]] {
            let answers = try [
                one.edit("GET", "/" + login), one.edit("GET", "/\(login)/avatar"),
                one.match("POST", "/requests", ["to": .string(login)]), one.match("PUT", "/blocks/" + login),
                one.match("POST", "/reports", ["login": .string(login), "reason": "Is there."]),
            ]
            #expect(answers.allSatisfy { $0.status == 404 })
            return answers.map(\.likeness)
        }

        private static var sixteenYearsAgo: String {
            let date = Date.now.addingTimeInterval(-16 * 365.25 * 86_400)
            return date.formatted(.iso8601.year().month().day())
        }
    }
}
