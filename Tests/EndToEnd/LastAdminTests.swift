import JSON
import Testing

extension AccountsEndToEnd {
    /// Somebody who can log in must stay to run the installation.
    @Suite struct LastAdminTests {
        private let installation: Installation

        /// Without the admins of other tests.
        init() throws {
            installation = try Installation.here
            try dismissAll()
        }

        private func dismissAll() throws {
            guard try !installation.store.find("accounts", ["roles": "admin"]).isEmpty else { return }
            try installation.store.set("accounts", ["roles": "admin"], ["roles": []])
        }

        @Test func `who waits for the claim of a hand-out could not take over, so the one admin stays`() throws {
            var admin = try Admin.appoint(at: installation)
            let token = try Admin.handOut(Person.newLogin(), at: installation)
            try expectToStay(&admin)
            var other = try Person(client: installation.client, Admin.claim(token, at: installation).json)
            try expectToStay(&admin)
            try other.logIn()
            #expect(try admin.manage("DELETE", "/accounts/\(admin.login)/roles/admin").status == 204)
            try expectToStay(&other)
        }

        @Test func `an admin who was rotated at once counts again when the new set has logged in`() throws {
            var admin = try Admin.appoint(at: installation)
            let other = try Admin.appoint(at: installation)
            let answer = try admin.rotate(["login": .string(other.login)])
            let handout = try #require(answer.json["handouts"].elements.first)
            try expectToStay(&admin)
            var new = try other.renewed(Admin.claim(Person.token(in: handout["handout"]), at: installation))
            try expectToStay(&admin)
            try new.logIn()
            #expect(try admin.manage("PUT", "/accounts/\(admin.login)/lock").status == 200)
        }

        @Test func `an admin who must renew can take over`() throws {
            let admin = try Admin.appoint(at: installation)
            var other = try Admin.appoint(at: installation)
            let answer = try admin.rotate(["login": .string(other.login), "mode": "next-login"])
            #expect(answer.status == 200, "\(answer)")
            #expect(try admin.manage("PUT", "/accounts/\(admin.login)/lock").status == 200)
            let forced = try other.attempt(totp: other.authenticator.nextCode())
            var new = try other.renewed(other.renew(#require(forced.json["renewalToken"].string)))
            try new.logIn()
            #expect(try new.manage("GET", "/accounts").status == 200)
        }

        @Test(arguments: [("PUT", "lock"), ("DELETE", "roles/admin")])
        func `of two admins who turn on each other at once one stays`(method: String, path: String) throws {
            for _ in 0..<3 {
                let two = try (0..<2).map { _ in try Admin.appoint(at: installation) }
                let statuses = Parallel.run(2) { index in
                    try? two[index].manage(method, "/accounts/\(two[1 - index].login)/\(path)").status
                }
                #expect(statuses.compactMap { $0 }.filter { $0 < 300 }.count == 1, "\(statuses)")
                let left = try two.filter { try $0.manage("GET", "/accounts").status == 200 }
                #expect(left.count == 1)
                try dismissAll()
            }
        }

        @Test func `of two admins who rotate each other at once one keeps his login and has the other's link`() throws {
            for _ in 0..<4 {
                let two = try (0..<2).map { _ in try Admin.appoint(at: installation) }
                let answers = Parallel.run(2) { index in
                    (index, try? two[index].rotate(["login": .string(two[1 - index].login)]))
                }
                #expect(answers.compactMap { $0.1?.status }.sorted() == [200, 401], "\(answers)")
                let (winner, answer) = try #require(answers.first { $0.1?.status == 200 })
                #expect(try two[winner].manage("GET", "/accounts").status == 200)
                #expect(try two[1 - winner].manage("GET", "/accounts").status == 401)
                let handout = try #require(answer?.json["handouts"].elements.first)
                var other = try two[1 - winner].renewed(
                    Admin.claim(Person.token(in: handout["handout"]), at: installation))
                try other.logIn()
                #expect(try other.manage("GET", "/accounts").status == 200)
                try dismissAll()
            }
        }

        @Test func `a rotation whose hand-outs are fetched later passes over the one admin who could`() throws {
            let admin = try Admin.appoint(at: installation)
            let logins = (0..<100).map { _ in Person.newLogin() }
            for login in logins {
                let made = try installation.client.post(
                    "/function/create-account", ["login": .string(login), "handout": "link"])
                try #require(made.status == 201, "\(made)")
            }
            let all = (logins + [admin.login]).map(JSONValue.string)
            let answer = try admin.rotate(["logins": .array(all), "mode": "now"])
            let operation = try #require(answer.json["operationId"].string)
            let path = "/function/rotate-credentials/operations/\(operation)"
            var now = answer.json
            #expect(
                try Patience.until {
                    now = try installation.client.send("GET", path, admin.bearer).json
                    return now["status"].string == "done"
                })
            #expect(now["matched"].integer == 101 && now["rotated"].integer == 100, "\(now)")
            let minted = try installation.client.post(path + "/handouts", ["limit": 100], admin.bearer)
            #expect(minted.json["handouts"].elements.count == 100, "\(minted)")
        }

        private func expectToStay(_ admin: inout Person) throws {
            for (method, path) in [("PUT", "lock"), ("DELETE", "roles/admin")] {
                let refused = try admin.manage(method, "/accounts/\(admin.login)/\(path)")
                #expect(refused.status == 409 && refused.slug == "conflict", "\(refused)")
            }
            #expect(try admin.prove("POST", "/erase").status == 409)
            #expect(try admin.manage("GET", "/accounts").status == 200)
        }
    }
}
