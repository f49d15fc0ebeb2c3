import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct LapsingTests {
        @Test func `an account that nobody logged into for a day lapses, and its login is free`() throws {
            let installation = try Installation.here
            let person = try Person.register(at: installation)
            try age(person)
            #expect(try person.attempt(totp: person.authenticator.code(away: 0)).status == 401)
            let again = try installation.client.post("/function/create-account", ["login": .string(person.login)])
            try #require(again.status == 201, "\(again)")
            var next = try Person(client: installation.client, again.json)
            #expect(next.accountID != person.accountID)
            try next.logIn()
            #expect(try person.attempt(totp: person.authenticator.code(away: 0)).status == 401)
        }

        @Test func `an account that was logged into does not lapse`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            try age(person)
            let again = try installation.client.post("/function/create-account", ["login": .string(person.login)])
            #expect(again.status == 409)
            try person.logIn()
        }

        @Test func `an account lapses no sooner than after a day`() throws {
            var person = try Person.register(at: Installation.here)
            try age(person, hours: 23)
            try person.logIn()
        }

        private func age(_ person: Person, hours: Double = 25) throws {
            try Installation.here.store.set(
                "accounts", person.filter,
                [
                    "credentials.issuedAt": Stored.date(hoursAway: -hours),
                    "createdAt": Stored.date(hoursAway: -hours),
                ])
        }
    }
}
