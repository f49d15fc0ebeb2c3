import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct RenewalTests {
        @Test func `expired credentials give leave to renew, and the new ones end everything before`() throws {
            var old = try Person.register(at: Installation.here)
            try old.logIn()
            try expire(old)
            #expect(try old.attempt(password: "wrong", totp: old.authenticator.nextCode()).status == 401)
            let expired = try old.attempt(totp: old.authenticator.nextCode())
            try #require(expired.status == 403, "\(expired)")
            #expect(expired.slug == "credentials-expired")
            #expect(expired.json["accessToken"] == .null)
            let answer = try old.renew(try #require(expired.json["renewalToken"].string))
            try #require(answer.status == 200, "\(answer)")

            var new = try old.renewed(answer)
            #expect(new.accountID == old.accountID && new.login == old.login)
            #expect(new.version == 2)
            #expect(try old.account().status == 401)
            try expectDead(old, beside: new)
            try new.logIn()
            #expect(try new.account().json["credentials"]["version"].integer == 2)
        }

        @Test func `a renewal whose answer was lost is asked for again, until the new set has logged in`() throws {
            var old = try Person.register(at: Installation.here)
            try expire(old)
            let token = try #require(try old.attempt(totp: old.authenticator.nextCode()).json["renewalToken"].string)
            let lost = try old.renewed(old.renew(token))
            var new = try old.renewed(old.renew(token))
            #expect(try #require(new.version) > #require(lost.version))
            try expectDead(lost, beside: new)
            try new.logIn()
            let spent = try old.renew(token)
            #expect(spent.status == 410)
            #expect(spent.slug == "renewal-spent")
            let unknown = try old.renew(String(repeating: "A", count: 43))
            #expect(unknown.likeness == spent.likeness)
            try new.logIn()
        }

        @Test func `of twenty renewals with one token at once, exactly one set works`() throws {
            var old = try Person.register(at: Installation.here)
            try old.logIn()
            let token = try #require(try old.prove().json["renewalToken"].string)
            let taken = old
            let answers = Parallel.run(20) { _ in try? taken.renew(token) }.compactMap { $0 }
            let given = answers.filter { $0.status == 200 }
            #expect(!given.isEmpty)
            #expect(Set(answers.map(\.status)).isSubset(of: [200, 409, 410, 503]), "\(answers.map(\.status))")
            var working = 0
            for answer in given {
                let person = try old.renewed(answer)
                let status = try person.attempt(
                    totp: person.authenticator.code(away: 0), device: person.deviceToken
                ).status
                if status == 200 { working += 1 }
                try Installation.here.store.forgetFailures()
            }
            #expect(working == 1)
        }

        @Test func `the owner renews after proving himself with a later code`() throws {
            var old = try Person.register(at: Installation.here)
            try old.logIn()
            let proof = try old.prove()
            try #require(proof.status == 200, "\(proof)")
            #expect(proof.json.names == ["renewalToken", "renewalExpiresAt"])
            #expect(proof["cache-control"] == "no-store")
            let token = try #require(proof.json["renewalToken"].string)
            #expect(try old.account().status == 200)
            var new = try old.renewed(old.renew(token))
            #expect(try old.account().status == 401)
            try new.logIn()
        }

        @Test func `a step-up needs an access token and a code that was not used for the login`() throws {
            var person = try Person.register(at: Installation.here)
            let code = try person.authenticator.nextCode()
            let session = try person.attempt(totp: code)
            person.accessToken = session.json["accessToken"].string ?? ""
            let proof: JSONValue = ["password": .string(person.password), "totp": .string(code)]
            #expect(try person.client.post("/function/rotate-credentials", proof).slug == "unauthorized")
            let replay = try person.client.post("/function/rotate-credentials", proof, person.bearer)
            #expect(replay.status == 401)
            #expect(replay.slug == "invalid-credentials")
            #expect(try person.prove().status == 200)
        }

        @Test func `a renewal ends the other renewal tokens of the account`() throws {
            var person = try Person.register(at: Installation.here)
            let recovered = try person.attempt(recoveryCode: person.recoveryCodes[0])
            let first = try #require(recovered.json["renewalToken"].string)
            person.accessToken = try #require(recovered.json["accessToken"].string)
            let second = try #require(try person.prove().json["renewalToken"].string)
            #expect(try person.renew(second).status == 200)
            #expect(try person.renew(first).status == 410)
        }

        @Test func `a renewal token lapses`() throws {
            var person = try Person.register(at: Installation.here)
            try person.logIn()
            let token = try #require(try person.prove().json["renewalToken"].string)
            try Installation.here.store.set(
                "renewals", ["accountId": Stored.id(person.accountID)], ["expiresAt": Stored.date(hoursAway: -0.01)])
            #expect(try person.renew(token).status == 410)
            try person.logIn()
        }

        /// Makes the credentials end an hour ago.
        private func expire(_ person: Person) throws {
            try Installation.here.store.set(
                "accounts", person.filter, ["credentials.expiresAt": Stored.date(hoursAway: -1)])
        }

        /// Nothing of the old set works, neither alone nor together with the new one's other half.
        private func expectDead(_ old: Person, beside new: Person) throws {
            let statuses = [
                try old.attempt(totp: old.authenticator.code(away: 0)).status,
                try old.attempt(totp: new.authenticator.code(away: -1)).status,
                try old.attempt(password: new.password, totp: old.authenticator.code(away: 1)).status,
                try old.attempt(password: new.password, recoveryCode: old.recoveryCodes[9]).status,
                try old.attempt(recoveryCode: old.recoveryCodes[8]).status,
                try old.attempt(totp: old.authenticator.code(away: 0), device: old.deviceToken).status,
            ]
            #expect(statuses == [401, 401, 401, 401, 401, 429])
            try Installation.here.store.forgetFailures()
        }
    }
}
