import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct LoginTests {
        @Test func `a code works once`() throws {
            var person = try Person.register(at: Installation.here)
            let code = try person.authenticator.nextCode()
            #expect(try person.attempt(totp: code).status == 200)
            let replay = try person.attempt(totp: code)
            #expect(replay.status == 401)
            #expect(replay.slug == "invalid-credentials")
        }

        @Test func `codes of one step before, now and one step after work, in that order alone`() throws {
            var person = try Person.register(at: Installation.here)
            let codes = try (0..<3).map { _ in try person.authenticator.nextCode() }
            #expect(try codes.map { try person.attempt(totp: $0).status } == [200, 200, 200])
            var other = try Person.register(at: Installation.here)
            let (earlier, later) = (try other.authenticator.nextCode(), try other.authenticator.nextCode())
            #expect(try other.attempt(totp: later).status == 200)
            #expect(try other.attempt(totp: earlier).status == 401)
        }

        @Test(arguments: [-20, -2, 3, 20] as [Int64])
        func `a code of a step further away does not work`(steps: Int64) throws {
            let person = try Person.register(at: Installation.here)
            #expect(try person.attempt(totp: person.authenticator.code(away: steps)).status == 401)
        }

        @Test func `a recovery code works once, typed in any way, and gives leave to renew`() throws {
            var person = try Person.register(at: Installation.here)
            let code = person.recoveryCodes[3].lowercased()
            let typed = code.prefix(8) + "-" + code.dropFirst(8).prefix(4) + " " + code.suffix(4)
            let answer = try person.attempt(recoveryCode: String(typed))
            try #require(answer.status == 200, "\(answer)")
            #expect(answer.json["renewalToken"].string?.count == 43)
            #expect(answer.json["renewalExpiresAt"].string != nil)
            #expect(try person.attempt(recoveryCode: person.recoveryCodes[3]).status == 401)
            #expect(try person.attempt(recoveryCode: person.recoveryCodes[4]).status == 200)
            try person.logIn()
            #expect(try person.account().json["credentials"]["recoveryCodesLeft"].integer == 8)
        }

        @Test func `a login with a code gives no leave to renew`() throws {
            var person = try Person.register(at: Installation.here)
            #expect(try person.logIn().json["renewalToken"] == .null)
        }

        @Test func `the login's case makes no difference, the password's does`() throws {
            var person = try Person.register(at: Installation.here)
            let code = try person.authenticator.nextCode()
            let swapped = String(person.password.map { Character($0.isLowercase ? $0.uppercased() : $0.lowercased()) })
            #expect(try person.attempt(password: swapped, totp: code).status == 401)
            #expect(try person.attempt(login: person.login.uppercased(), totp: code).status == 200)
        }

        @Test func `every session can be seen, and the token of each works`() throws {
            var person = try Person.register(at: Installation.here)
            let first = try person.logIn()
            let second = try person.logIn()
            #expect(first.json["accessToken"] != second.json["accessToken"])
            let sessions = try person.account().json["sessions"].elements
            #expect(sessions.count == 2)
            #expect(sessions.filter { $0["current"] == true }.count == 1)
            person.accessToken = first.json["accessToken"].string ?? ""
            #expect(try person.account().status == 200)
        }

        @Test func `the public keys are those that tokens name`() throws {
            var person = try Person.register(at: Installation.here)
            try person.logIn()
            let keys = try Installation.here.client.send("GET", "/function/verify-login/jwks")
            #expect(keys.status == 200)
            let header = try AccessToken(person.accessToken).header
            #expect(keys.json["keys"].elements.map { $0["kid"] }.contains(header["kid"]))
            #expect(header["alg"].string == "EdDSA" && header["typ"].string == "at+jwt")
        }
    }
}
