import Foundation
import JSON
import Primitives
import Testing

extension AccountsEndToEnd {
    @Suite struct SecrecyTests {
        @Test func `no secret that was handed out stands in the database, its files, a log or what a process shows`()
            throws
        {
            let installation = try Installation.here
            var person = try Person.register(at: installation, JSONObject([("email", "someone@mail.example")]))
            var secrets = Self.secrets(of: person) + ["someone@mail.example"]
            try person.logIn()
            secrets.append(person.accessToken)
            _ = try person.attempt(password: person.password + "x", totp: "000000")
            _ = try person.attempt(totp: person.authenticator.code(away: 7), device: person.deviceToken)
            let recovered = try person.attempt(recoveryCode: person.recoveryCodes[0])
            let answer = try person.renew(#require(recovered.json["renewalToken"].string))
            for name in ["accessToken", "deviceToken", "renewalToken"] {
                secrets.append(try #require(recovered.json[name].string))
            }
            var next = try person.renewed(answer)
            try next.logIn()
            secrets += Self.secrets(of: next) + [next.accessToken]
            for name in ["master-key", "pepper", "audit-key", "internal-key"] {
                secrets.append(try installation.secret(name).trimmingCharacters(in: .newlines))
            }
            let found = try installation.store.search(Set(secrets.flatMap(Writings.of)))
            #expect(found["missed"] == [])
            #expect(found["hits"] == [])
            let processes = Processes.all.filter { Processes.belongs($0, to: installation.folder) }
            #expect(processes.contains(installation.pid) && processes.count >= 8)
            for secret in secrets {
                #expect(!processes.contains { Processes.mentions($0, secret) }, "a process shows a secret")
            }
            let control = try installation.store.search([Array(person.login.utf8)])
            #expect(!control["hits"].elements.isEmpty, "the search itself must find what is there")
        }

        private static func secrets(of person: Person) -> [String] {
            [person.password, person.authenticator.secret, person.deviceToken] + person.recoveryCodes
        }
    }
}

/// How a secret could be written down.
private enum Writings {
    /// The text itself, the bytes that it stands for, and both in hex and base64, at any place within more of it.
    static func of(_ secret: String) -> [[UInt8]] {
        let decoded = [Base32.decode(secret), Base64.url.decode(secret), Base64.standard.decode(secret)]
        let sources = [Array(secret.utf8)] + decoded.compactMap { $0 }.filter { $0.count >= 10 }
        return sources.flatMap { [$0] + hex($0) + base64($0) } + [Array(Base32.encode(sources[0]).utf8)]
    }

    private static func hex(_ bytes: [UInt8]) -> [[UInt8]] {
        let text = Hex.encode(bytes)
        return [Array(text.utf8), Array(text.uppercased().utf8)]
    }

    /// Three bytes make four characters, so there are three ways in which the rest can begin.
    private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { skipped in
            let whole = bytes.dropFirst(skipped).prefix((bytes.count - skipped) / 3 * 3)
            return [Base64.standard, Base64.url].map { Array($0.encode(Array(whole)).utf8) }
        }
    }
}
