import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct AdminCallTests {
        /// Everything that admins alone may call, as it is called rightly.
        private static let calls: [(method: String, path: String, content: JSONValue?)] = [
            ("GET", "manage-account/accounts", nil),
            ("PUT", "manage-account/accounts/bob/lock", nil), ("DELETE", "manage-account/accounts/bob/lock", nil),
            ("PUT", "manage-account/accounts/bob/roles/admin", nil),
            ("DELETE", "manage-account/accounts/bob/roles/admin", nil),
            ("GET", "manage-account/accounts/bob/handouts", nil),
            ("DELETE", "manage-account/accounts/bob/handouts", nil),
            ("GET", "read-audit", nil), ("GET", "read-audit/verify", nil),
            ("POST", "rotate-credentials", ["login": "bob"]), ("POST", "rotate-credentials", ["logins": ["bob"]]),
            ("POST", "rotate-credentials", ["expiringWithinDays": 30]), ("POST", "rotate-credentials", ["all": true]),
            ("POST", "rotate-credentials", ["masterKey": true]), ("GET", "rotate-credentials/operations", nil),
            ("GET", "rotate-credentials/operations/0197f000-0000-7000-8000-000000000000", nil),
            ("POST", "rotate-credentials/operations/0197f000-0000-7000-8000-000000000000/handouts", [:]),
            ("PUT", "edit-profile/bob/birth-date", ["birthDate": "1991-05-17"]),
            ("PUT", "browse-games/no-game", ["name": "No game", "categories": [], "ranks": []]),
            ("DELETE", "browse-games/no-game", nil),
            ("GET", "match/reports", nil), ("GET", "match/reports/0197f000-0000-7000-8000-000000000000", nil),
            ("POST", "match/reports/0197f000-0000-7000-8000-000000000000/resolve", ["outcome": "dismissed"]),
            ("POST", "match/reports/0197f000-0000-7000-8000-000000000000/resolve", ["outcome": "locked"]),
        ]

        @Test func `an admin's calls are refused to everyone else, and each refusal is told of`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            for call in Self.calls {
                let nobody = try send(call.method, call.path, call.content, [:], installation)
                #expect(nobody.status == 401, "\(call)")
                let refused = try send(call.method, call.path, call.content, person.bearer, installation)
                #expect(refused.status == 403 && refused.slug == "forbidden", "\(call)")
            }
            let told = try installation.store.find(
                "audit", ["type": "access.refused", "actor.account": Stored.id(person.accountID)])
            #expect(told.count == Self.calls.count)
            #expect(try person.account().status == 200)
        }

        @Test(
            arguments: [
                ("GET", "manage-account/accounts?status=gone", nil), ("GET", "manage-account/accounts?limit=0", nil),
                ("GET", "read-audit?type=gossip", nil), ("GET", "read-audit?after=xxx", nil),
                ("GET", "rotate-credentials/operations?limit=x", nil), ("GET", "match/reports?status=gone", nil),
                ("POST", "rotate-credentials/operations/0197f000-0000-7000-8000-000000000000/handouts", ["limit": 0]),
                ("POST", "rotate-credentials", ["all": false]),
                ("PUT", "edit-profile/bob/birth-date", ["birthDate": 7]),
                ("PUT", "browse-games/no-game", ["name": ["$gt": ""]]),
            ] as [(String, String, JSONValue?)])
        func `what is asked wrongly is refused for that, before anybody's role is looked at`(
            method: String, path: String, content: JSONValue?
        ) throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            #expect(try send(method, path, content, person.bearer, installation).status == 400)
            let told = try installation.store.find(
                "audit", ["type": "access.refused", "actor.account": Stored.id(person.accountID)])
            #expect(told.isEmpty)
        }

        private func send(
            _ method: String, _ path: String, _ content: JSONValue?, _ fields: [String: String],
            _ installation: Installation
        ) throws -> Answer {
            let typed = content == nil ? fields : fields.merging(["Content-Type": "application/json"]) { $1 }
            return try installation.client.send(method, "/function/" + path, typed, body: content?.text)
        }
    }
}
