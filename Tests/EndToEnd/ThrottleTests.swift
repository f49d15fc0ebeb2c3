import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct ThrottleTests {
        @Test(arguments: [true, false])
        func `of fifty wrong passwords at once, at most five are looked at`(loginExists: Bool) throws {
            let person = try Person.register(at: Installation.here)
            let login = loginExists ? person.login : Person.newLogin()
            let answers = Parallel.run(50) { index in
                let spelling = index % 2 == 0 ? login : login.uppercased()
                return try? person.attempt(login: spelling, password: "wrong", totp: "000000")
            }
            let statuses = answers.map { $0?.status ?? 0 }
            let refused = statuses.filter { $0 == 401 }.count
            #expect((1...5).contains(refused), "\(statuses)")
            #expect(statuses.filter { $0 == 429 }.count == 50 - refused, "\(statuses)")
            for answer in answers.compactMap({ $0 }) where answer.status == 429 {
                #expect(answer.slug == "too-many-attempts")
                let seconds = try #require(answer["retry-after"].flatMap { Int($0) })
                #expect((1...61).contains(seconds))
            }
        }

        @Test func `a login is closed alike whether it exists or not`() throws {
            let person = try Person.register(at: Installation.here)
            let likenesses = try [person.login, Person.newLogin()].map { login in
                try (0..<7).map { _ in try person.attempt(login: login, password: "wrong", totp: "000000").likeness }
            }
            #expect(likenesses[0] == likenesses[1])
        }

        @Test func `a stranger's failures do not lock the owner out of a known device`() throws {
            var person = try Person.register(at: Installation.here)
            try close(person)
            let code = try person.authenticator.nextCode()
            #expect(try person.attempt(totp: code).status == 429)
            let answer = try person.attempt(totp: code, device: person.deviceToken)
            #expect(answer.status == 200, "\(answer)")
            let next = try #require(answer.json["deviceToken"].string)
            #expect(try person.attempt(totp: person.authenticator.nextCode(), device: next).status == 200)
        }

        @Test func `the device's cookie does what its token does`() throws {
            var person = try Person.register(at: Installation.here)
            try close(person)
            let content: JSONValue = [
                "login": .string(person.login), "password": .string(person.password),
                "totp": .string(try person.authenticator.nextCode()),
            ]
            let cookie = ["Cookie": "theme=dark; passerelle-device=\(person.deviceToken); x=y"]
            let answer = try person.client.post("/function/verify-login", content, cookie)
            #expect(answer.status == 200, "\(answer)")
        }

        @Test func `another account's device is of no help`() throws {
            let person = try Person.register(at: Installation.here)
            let stranger = try Person.register(at: Installation.here)
            try close(person)
            let code = try person.authenticator.code(away: 0)
            #expect(try person.attempt(totp: code, device: stranger.deviceToken).status == 429)
        }

        @Test func `a known device is closed too, by its own failures`() throws {
            let person = try Person.register(at: Installation.here)
            let wrong = { try person.attempt(password: "wrong", totp: "000000", device: person.deviceToken).status }
            #expect(try (0..<6).map { _ in try wrong() } == [401, 401, 401, 401, 401, 429])
            #expect(try person.attempt(password: "wrong", totp: "000000").status == 401)
        }

        @Test func `a right password with a used code is refused but not counted`() throws {
            var person = try Person.register(at: Installation.here)
            let code = try person.authenticator.nextCode()
            #expect(try person.attempt(totp: code).status == 200)
            #expect(try (0..<8).map { _ in try person.attempt(totp: code).status } == Array(repeating: 401, count: 8))
            try person.logIn()
        }

        @Test func `a success starts the count anew`() throws {
            var person = try Person.register(at: Installation.here)
            for _ in 0..<2 {
                for _ in 0..<4 { #expect(try person.attempt(password: "wrong", totp: "000000").status == 401) }
                try person.logIn()
            }
        }

        @Test func `a request that is not valid is not counted`() throws {
            var person = try Person.register(at: Installation.here)
            for _ in 0..<8 {
                let answer = try person.client.post("/function/verify-login", ["login": .string(person.login)])
                #expect(answer.status == 400)
            }
            try person.logIn()
        }

        @Test func `failures of the step-up close the login as well`() throws {
            var person = try Person.register(at: Installation.here)
            try person.logIn()
            let wrong: JSONValue = ["password": "wrong", "totp": "000000"]
            let statuses = try (0..<6).map { _ in
                try person.client.post("/function/rotate-credentials", wrong, person.bearer).status
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429])
            #expect(try person.attempt(totp: person.authenticator.nextCode()).status == 429)
        }

        @Test func `each closure is twice as long as the one before`() throws {
            let installation = try Installation.here
            let person = try Person.register(at: installation)
            for longest in [60, 120, 240, 480, 900, 900] {
                try close(person)
                let answer = try person.attempt(password: "wrong", totp: "000000")
                let seconds = try #require(answer["retry-after"].flatMap { Int($0) })
                #expect((longest - 20...longest).contains(seconds))
                try installation.store.set(
                    "throttles", ["closedUntil": ["$type": "date"]], ["closedUntil": Stored.date(hoursAway: -1)])
            }
        }

        /// Fails often enough for the login to be closed.
        private func close(_ person: Person) throws {
            for _ in 0..<5 { #expect(try person.attempt(password: "wrong", totp: "000000").status == 401) }
            #expect(try person.attempt(password: "wrong", totp: "000000").status == 429)
        }
    }
}
