import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct RefusedLoginTests {
        @Test func `whatever is wrong with a login, the answer is the same`() throws {
            let installation = try Installation.here
            var likenesses: [String: [String]] = [:]
            for (what, attempt) in Self.wrongs {
                let answer = try attempt(Person.register(at: installation))
                #expect(answer.status == 401, "\(what)")
                #expect(answer.slug == "invalid-credentials", "\(what)")
                likenesses[what] = answer.likeness
            }
            #expect(Set(likenesses.values).count == 1, "\(likenesses)")
        }

        private static let wrongs: [(String, @Sendable (Person) throws -> Answer)] = [
            ("unknown login", { try $0.attempt(login: Person.newLogin(), totp: $0.authenticator.code(away: 0)) }),
            ("wrong password", { try $0.attempt(password: "x" + $0.password, totp: $0.authenticator.code(away: 0)) }),
            ("empty password", { try $0.attempt(password: "", totp: $0.authenticator.code(away: 0)) }),
            (
                "endless password",
                { person in
                    let endless = String(repeating: "x", count: 30_000)
                    return try person.attempt(password: endless, totp: person.authenticator.code(away: 0))
                }
            ),
            ("wrong code", { try $0.attempt(totp: $0.authenticator.code(away: 100)) }),
            ("short code", { try $0.attempt(totp: String($0.authenticator.code(away: 0).dropLast())) }),
            ("long code", { try $0.attempt(totp: $0.authenticator.code(away: 0) + "0") }),
            ("code with a space", { try $0.attempt(totp: " " + $0.authenticator.code(away: 0)) }),
            ("no digits", { try $0.attempt(totp: "abcdef") }),
            ("empty code", { try $0.attempt(totp: "") }),
            (
                "other digits",
                { person in
                    let digits = try person.authenticator.code(away: 0).unicodeScalars
                    let others = digits.compactMap { Unicode.Scalar($0.value + 0x630) }
                    return try person.attempt(totp: String(String.UnicodeScalarView(others)))
                }
            ),
            (
                "replayed code",
                { person in
                    let code = try person.authenticator.code(away: 0)
                    _ = try person.attempt(totp: code)
                    return try person.attempt(totp: code)
                }
            ),
            ("foreign recovery code", { try $0.attempt(recoveryCode: "ABCDEFGHIJKLMNOP") }),
            ("no recovery code", { try $0.attempt(recoveryCode: "?") }),
            (
                "used recovery code",
                { person in
                    _ = try person.attempt(recoveryCode: person.recoveryCodes[0])
                    return try person.attempt(recoveryCode: person.recoveryCodes[0])
                }
            ),
            ("code in the recovery code's place", { try $0.attempt(recoveryCode: $0.authenticator.code(away: 0)) }),
        ]

        @Test func `of fifty uses of one code at once, exactly one gets in`() throws {
            var person = try Person.register(at: Installation.here)
            let code = try person.authenticator.nextCode()
            let taken = person
            let answers = Parallel.run(50) { _ in try? taken.attempt(totp: code) }
            let statuses = answers.map { $0?.status ?? 0 }
            #expect(statuses.filter { $0 == 200 }.count == 1, "\(statuses)")
            #expect(Set(statuses).isSubset(of: [200, 401, 429]), "\(statuses)")
            #expect(try person.attempt(totp: code).status != 200)
        }

        @Test func `of fifty uses of one recovery code at once, exactly one gets in`() throws {
            let person = try Person.register(at: Installation.here)
            let code = person.recoveryCodes[0]
            let statuses = Parallel.run(50) { _ in (try? person.attempt(recoveryCode: code).status) ?? 0 }
            #expect(statuses.filter { $0 == 200 }.count == 1, "\(statuses)")
            #expect(Set(statuses).isSubset(of: [200, 401, 429]), "\(statuses)")
        }
    }
}
