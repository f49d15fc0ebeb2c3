import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct RotationTests {
        @Test func `an admin rotates one login at once: its old set is dead, its link gives a new one`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            var person = try Person.register(at: installation)
            try person.logIn()
            let answer = try admin.rotate(["login": .string(person.login)])
            #expect(answer.status == 200, "\(answer)")
            #expect(answer.json["mode"].string == "now" && answer.json["status"].string == "done")
            #expect(answer.json["matched"].integer == 1 && answer.json["rotated"].integer == 1)
            #expect(!answer.text.contains("password") && !answer.text.contains("otpauth"))
            #expect(try person.account().status == 401)
            #expect(try person.attempt(totp: person.authenticator.nextCode(), device: nil).status == 401)
            let handout = try #require(answer.json["handouts"].elements.first)
            var new = try person.renewed(Admin.claim(Person.token(in: handout["handout"]), at: installation))
            #expect(new.login == person.login && new.accountID == person.accountID)
            try new.logIn()
        }

        @Test func `rotation at the next login lets the old set lead to a renewal alone`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            var people = try (0..<3).map { _ in try Person.register(at: installation) }
            for index in people.indices { try people[index].logIn() }
            let answer = try admin.rotate(["logins": .array(people.map { .string($0.login) })])
            #expect([200, 202].contains(answer.status), "\(answer)")
            #expect(answer.json["mode"].string == "next-login")
            let operation = try #require(answer.json["operationId"].string)
            #expect(Patience.until { (try? status(operation, admin)) == "done" })
            for index in people.indices {
                let forced = try people[index].attempt(totp: people[index].authenticator.nextCode())
                #expect(forced.status == 403)
                #expect(forced.slug == "credentials-expired")
                var new = try people[index].renewed(
                    people[index].renew(#require(forced.json["renewalToken"].string)))
                try new.logIn()
            }
        }

        @Test func `of a rotation at once the hand-outs are minted anew in pages, and each gives one set`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            let people = try (0..<3).map { _ in try Person.register(at: installation) }
            let answer = try admin.rotate(["logins": .array(people.map { .string($0.login) }), "mode": "now"])
            #expect(answer.status == 200)
            let void = try answer.json["handouts"].elements.map { try Person.token(in: $0["handout"]) }
            #expect(void.count == 3)
            let operation = try #require(answer.json["operationId"].string)
            let path = "/function/rotate-credentials/operations/\(operation)/handouts"
            let first = try admin.client.post(path, ["limit": 2], admin.bearer)
            #expect(first.json["handouts"].elements.count == 2, "\(first)")
            let second = try admin.client.post(path, ["limit": 2, "after": first.json["next"]], admin.bearer)
            #expect(second.json["handouts"].elements.count == 1)
            #expect(second.json["next"] == .null)
            let links = first.json["handouts"].elements + second.json["handouts"].elements
            #expect(Set(links.compactMap { $0["login"].string }) == Set(people.map(\.login)))
            for token in void {
                let spent = try installation.client.post("/function/claim-credentials", ["token": .string(token)])
                #expect(spent.status == 410)
            }
            for link in links {
                let claimed = try Admin.claim(Person.token(in: link["handout"]), at: installation)
                var person = try Person(client: installation.client, claimed.json)
                try person.logIn()
            }
            let empty = try admin.client.post(path, [:], admin.bearer)
            #expect(empty.json["handouts"].elements.isEmpty)
        }

        @Test func `an operation whose worker was killed is gone on with`() throws {
            let installation = try Installation.here
            let admin = try Admin.appoint(at: installation)
            let people = try (0..<3).map { _ in try Person.register(at: installation) }
            let answer = try admin.rotate(["logins": .array(people.map { .string($0.login) })])
            let operation = try #require(answer.json["operationId"].string)
            #expect(Patience.until { (try? status(operation, admin)) == "done" })
            let store = installation.store
            // As a crash would leave it: nothing done yet, and its worker's lease over.
            try store.set(
                "operations", ["_id": Stored.id(operation)],
                ["status": "running", "rotated": 0, "cursor": .null, "leasedUntil": Stored.date(hoursAway: -1)])
            for person in people {
                try store.set("accounts", ["login": .string(person.login)], ["credentials.mustRenew": false])
            }
            #expect(Patience.until { (try? status(operation, admin)) == "done" })
            for person in people {
                let account = try store.one("accounts", ["login": .string(person.login)])
                #expect(account["credentials"]["mustRenew"] == .bool(true))
            }
        }

        @Test func `nobody but an admin with a fresh login rotates others`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            let refused = try person.rotate(["all": true])
            #expect(refused.status == 403)
            #expect(refused.slug == "forbidden")
            let told = try installation.store.find(
                "audit", ["type": "access.refused", "actor.account": Stored.id(person.accountID)])
            #expect(told.count == 1)
            #expect(try installation.client.post("/function/rotate-credentials", ["all": true]).status == 401)
            #expect(try person.account().status == 200)
        }

        @Test(arguments: [
            #"{"login":{"$gt":""}}"#, #"{"logins":[]}"#, #"{"logins":["ab"]}"#, #"{"logins":"bob"}"#,
            #"{"expiringWithinDays":-1}"#, #"{"expiringWithinDays":"30"}"#, #"{"all":false}"#, #"{"all":1}"#,
            #"{"all":true,"mode":"later"}"#, #"{"all":true,"logins":["bob"]}"#, #"{"login":"bob","password":"x"}"#,
            #"{"masterKey":false}"#, #"{"recover":{"$ne":null}}"#, #"{}"#, #"[]"#, "null", "",
        ])
        func `a rotation that is not as agreed is refused and changes nothing`(content: String) throws {
            let installation = try Installation.here
            let before = try installation.store.find("operations", [:]).count
            let answer = try installation.client.post("/function/rotate-credentials", text: content)
            #expect(answer.status == 400, "\(answer)")
            #expect(try installation.store.find("operations", [:]).count == before)
        }

        @Test func `a login that nobody has cannot be rotated`() throws {
            let admin = try Admin.appoint(at: Installation.here)
            #expect(try admin.rotate(["login": .string(Person.newLogin())]).status == 404)
        }

        private func status(_ operation: String, _ admin: Person) throws -> String? {
            let path = "/function/rotate-credentials/operations/\(operation)"
            return try admin.client.send("GET", path, admin.bearer).json["status"].string
        }
    }
}
