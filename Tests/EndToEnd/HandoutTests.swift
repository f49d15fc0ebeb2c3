import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct HandoutTests {
        @Test func `a link gives credentials once, and nothing waits for them in the database`() throws {
            let installation = try Installation.here
            let answer = try create(["login": .string(Person.newLogin()), "handout": "link"])
            #expect(answer.json.names == ["accountId", "login", "handout"])
            #expect(answer["cache-control"] == "no-store")
            let stored = try installation.store.one("accounts", ["login": answer.json["login"]])
            #expect(!stored["credentials"].names.contains("password"))
            let token = try Person.token(in: answer.json["handout"])
            #expect(try installation.store.find("handouts", ["token": .string(token)]).isEmpty)

            var person = try Person(client: installation.client, claim(token).json)
            #expect(person.version == 1)
            try person.logIn()
            let replay = try claim(token)
            #expect(replay.status == 410)
            #expect(replay.slug == "handout-spent")
            #expect(try claim(String(repeating: "A", count: 43)).likeness == replay.likeness)
            let told = try installation.store.find(
                "audit", ["type": "handout.replayed", "subject.account": Stored.id(person.accountID)])
            #expect(told.count == 1)
            #expect(Patience.until { installation.log.contains("\"event\":\"handout.replayed\"") })
        }

        @Test func `of fifty claims at once one gives credentials, and the others are alike`() throws {
            let answer = try create(["login": .string(Person.newLogin()), "handout": "link"])
            let token = try Person.token(in: answer.json["handout"])
            let client = try Installation.here.client
            let answers = Parallel.run(50) { _ in
                try? client.post("/function/claim-credentials", ["token": .string(token)])
            }.compactMap { $0 }
            #expect(answers.filter { $0.status == 200 }.count == 1)
            let others = answers.filter { $0.status != 200 }
            #expect(others.count == 49)
            #expect(Set(others.map(\.likeness)).count == 1, "\(Set(others.map(\.status)))")
            #expect(others.first?.slug == "handout-spent")
        }

        @Test func `reading the link's address changes nothing`() throws {
            let answer = try create(["login": .string(Person.newLogin()), "handout": "link"])
            let token = try Person.token(in: answer.json["handout"])
            let client = try Installation.here.client
            for method in ["GET", "HEAD"] {
                #expect(try client.send(method, "/function/claim-credentials").status == 405)
            }
            #expect(try claim(token).status == 200)
        }

        @Test func `the link comes as a picture where a picture is asked for`() throws {
            let installation = try Installation.here
            let answer = try installation.client.post(
                "/function/create-account", ["login": .string(Person.newLogin()), "handout": "link"],
                ["Accept": "image/png"])
            #expect(answer.status == 201)
            #expect(answer["content-type"] == "image/png")
            #expect(answer["cache-control"] == "no-store")
            let picture = installation.folder + "/link.png"
            try Data(answer.body).write(to: URL(fileURLWithPath: picture))
            let reader = try Environment.command("zbarimg", package: "zbar-tools")
            let url = try Command([reader, "--quiet", "--raw", picture]).text
            #expect(url.hasPrefix("http://127.0.0.1:"))
            let token = try #require(url.split(separator: "#").last.map(String.init))
            #expect(try claim(token).status == 200)
        }

        @Test func `links name the configured address, whatever the caller says`() throws {
            let answer = try Installation.here.client.post(
                "/function/create-account", ["login": .string(Person.newLogin()), "handout": "link"],
                ["X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"])
            #expect(answer.status == 201)
            #expect(!answer.text.contains("evil.example"))
        }

        @Test func `an account whose link lapses unclaimed is gone, and its login free`() throws {
            let login = Person.newLogin()
            let answer = try create(["login": .string(login), "handout": "link"])
            let token = try Person.token(in: answer.json["handout"])
            let store = try Installation.here.store
            try store.set(
                "handouts", ["accountId": Stored.id(answer.json["accountId"].string ?? "")],
                ["lapsesAt": Stored.date(hoursAway: -1)])
            try store.set("accounts", ["login": .string(login)], ["credentials.claimBy": Stored.date(hoursAway: -1)])
            #expect(try claim(token).status == 410)
            #expect(try create(["login": .string(login)]).status == 201)
        }

        @Test func `an admin lists and revokes hand-outs`() throws {
            let admin = try Admin.appoint(at: Installation.here)
            let answer = try create(["login": .string(Person.newLogin()), "handout": "link"])
            let login = try #require(answer.json["login"].string)
            let token = try Person.token(in: answer.json["handout"])
            let before = try admin.manage("GET", "/accounts/\(login)/handouts")
            #expect(before.json["handouts"].elements.compactMap { $0["status"].string } == ["open"])
            #expect(!before.text.contains(token))
            #expect(try admin.manage("DELETE", "/accounts/\(login)/handouts").status == 204)
            let after = try admin.manage("GET", "/accounts/\(login)/handouts")
            #expect(after.json["handouts"].elements.compactMap { $0["status"].string } == ["revoked"])
            #expect(try claim(token).status == 410)
        }

        @Test func `set-up hands an admin out anew, and the link before is void`() throws {
            let installation = try Installation.here
            let login = Person.newLogin()
            let first = try Admin.handOut(login, at: installation)
            let second = try Admin.handOut(login, at: installation)
            #expect(try claim(first).status == 410)
            var admin = try Person(client: installation.client, claim(second).json)
            try admin.logIn()
            let third = try Admin.handOut(login, at: installation)
            #expect(try admin.account().status == 401)
            #expect(try claim(third).status == 200)
        }

        private func create(_ content: JSONValue) throws -> Answer {
            let answer = try Installation.here.client.post("/function/create-account", content)
            try #require(answer.status == 201, "\(answer)")
            return answer
        }

        private func claim(_ token: String) throws -> Answer {
            try Installation.here.client.post("/function/claim-credentials", ["token": .string(token)])
        }
    }
}
