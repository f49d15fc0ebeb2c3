import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct AdministrationTests {
        @Test func `an admin finds accounts by a part of their login, page by page`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            let mark = String(UUID().uuidString.lowercased().prefix(8))
            for number in 0..<5 {
                let made = try installation.client.post(
                    "/function/create-account", ["login": .string("Found-\(mark)-\(number)")])
                #expect(made.status == 201)
            }
            var found: [String] = []
            var after = ""
            while true {
                let page = try admin.manage("GET", "/accounts?query=FOUND-\(mark)&limit=2" + after)
                try #require(page.status == 200, "\(page)")
                #expect(page.json["accounts"].elements.count <= 2)
                found += page.json["accounts"].elements.compactMap { $0["login"].string }
                guard let next = page.json["next"].string else { break }
                after = "&after=" + next
            }
            #expect(found.sorted() == (0..<5).map { "Found-\(mark)-\($0)" })
            #expect(try admin.manage("GET", "/accounts?query=\(mark).*").json["accounts"].elements.isEmpty)
        }

        @Test(arguments: [
            "?limit=0", "?limit=101", "?limit=x", "?after=xxx", "?status=gone", "?expiringWithinDays=-1", "?unknown=1",
            "?limit=2&limit=3", "?query=%zz",
        ])
        func `a list that is asked for in another way is refused`(query: String) throws {
            let admin = try Admin.appoint(at: Installation.here)
            #expect(try admin.manage("GET", "/accounts" + query).status == 400)
        }

        @Test func `a cursor is no good for another caller or another list`() throws {
            let installation = try Installation.here
            let (one, other) = try (Admin.appoint(at: installation), Admin.appoint(at: installation))
            let cursor = try #require(try one.manage("GET", "/accounts?limit=1").json["next"].string)
            #expect(try one.manage("GET", "/accounts?limit=1&after=\(cursor)").status == 200)
            #expect(try other.manage("GET", "/accounts?limit=1&after=\(cursor)").status == 400)
            #expect(try one.manage("GET", "/accounts?limit=1&status=active&after=\(cursor)").status == 400)
        }

        @Test func `a locked account's token and credentials are dead, and alike to unknown ones`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            var person = try Person.register(at: installation)
            try person.logIn()
            let locked = try admin.manage("PUT", "/accounts/\(person.login)/lock")
            #expect(locked.status == 200)
            #expect(locked.json["status"].string == "locked")
            #expect(try person.account().status == 401)
            let refused = try person.attempt(totp: person.authenticator.nextCode())
            let unknown = try person.attempt(login: Person.newLogin(), totp: "000000")
            #expect(refused.status == 401)
            #expect(refused.likeness == unknown.likeness)
            #expect(try admin.manage("DELETE", "/accounts/\(person.login)/lock").status == 204)
            #expect(try admin.manage("DELETE", "/accounts/\(person.login)/lock").status == 204)
            #expect(try person.account().status == 401)
            try person.logIn()
            let events = try person.manage("GET", "/export").json["events"].elements
            let lock = try #require(events.first { $0["type"] == "account.locked" })
            #expect(lock["clientAddress"] == .null, "an admin's address is nobody else's business")
            let told = try admin.manage("GET", "/export").json["events"].elements
            #expect(told.first { $0["type"] == "account.locked" }?["clientAddress"] == "127.0.0.1")
        }

        @Test func `a role comes and goes with the sessions that were opened without it`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            var person = try Person.register(at: installation)
            try person.logIn()
            let granted = try admin.manage("PUT", "/accounts/\(person.login)/roles/admin")
            #expect(granted.json["roles"].strings == ["admin"])
            #expect(try person.account().status == 401)
            try person.logIn()
            #expect(try person.manage("GET", "/accounts").status == 200)
            #expect(try admin.manage("DELETE", "/accounts/\(person.login)/roles/admin").status == 204)
            #expect(try person.manage("GET", "/accounts").status == 401)
            #expect(try admin.manage("PUT", "/accounts/\(person.login)/roles/king").status == 404)
        }

        @Test func `what an admin does to others wants a login of the last quarter of an hour`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            let person = try Person.register(at: installation)
            let old = try AccessToken.forged(
                of: admin, at: installation, authenticatedSecondsAgo: 901)
            let stale = ["Authorization": "Bearer \(old)"]
            let refused = try installation.client.send(
                "PUT", "/function/manage-account/accounts/\(person.login)/lock", stale)
            #expect(refused.status == 401)
            #expect(refused.slug == "stronger-proof-needed")
            #expect(
                refused["www-authenticate"] == "Bearer error=\"insufficient_user_authentication\", max_age=900")
            #expect(try installation.client.send("GET", "/function/manage-account/accounts", stale).status == 200)
        }
    }
}
