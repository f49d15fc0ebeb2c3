import Cryptography
import Foundation
import JSON
import Primitives
import Testing

extension AccountsEndToEnd {
    @Suite struct AccessTokenTests {
        @Test func `a token that is not ours, or was changed, opens nothing`() throws {
            var person = try Person.register(at: Installation.here)
            try person.logIn()
            let key = try Ed25519.PrivateKey(pem: Array(Installation.here.secret("token-key").utf8))
            let token = try AccessToken(person.accessToken)
            #expect(try status(token.token(key), person) == 200, "what the real key signed must work")
            for (what, forged) in try forgeries(of: token, key) {
                let answer = try person.client.send(
                    "GET", "/function/manage-account", ["Authorization": "Bearer \(forged)"])
                #expect(answer.status == 401, "\(what)")
                #expect(answer.slug == "unauthorized", "\(what)")
                #expect(answer["www-authenticate"]?.hasPrefix("Bearer") == true, "\(what)")
            }
        }

        @Test func `to know a caller takes one read of one session by its id`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            let own = try person.client.send("GET", "/function/manage-account", person.bearer)
            let sessions = own.json["sessions"].elements
            let session = try #require(sessions.first { $0["current"] == .bool(true) }?["sid"].string)
            try installation.store.watching {
                for _ in 1...3 {
                    let answer = try person.client.send("GET", "/function/browse-games/library", person.bearer)
                    #expect(answer.status == 200)
                }
            }
            let reads = try installation.store.watched("sessions", id: session).filter { $0["kind"] == "query" }
            #expect(reads.count == 3)
            for read in reads {
                #expect(["IDHACK", "IXSCAN { _id: 1 }"].contains(read["plan"].string), "\(read)")
                #expect(read["examined"]["$numberInt"] == "1", "\(read)")
            }
        }

        @Test(arguments: [nil, "", "Bearer", "Bearer ", "Bearer a.b.c", "Basic YTpi", "Bearer x y"] as [String?])
        func `without a token there is nothing to see`(field: String?) throws {
            let fields = field.map { ["Authorization": $0] } ?? [:]
            let answer = try Installation.here.client.send("GET", "/function/manage-account", fields)
            #expect(answer.status == 401)
            #expect(answer.slug == "unauthorized")
        }

        @Test func `a session that was ended opens nothing, however long its token would last`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            try installation.store.set(
                "sessions", ["accountId": Stored.id(person.accountID)], ["expiresAt": Stored.date(hoursAway: -1)])
            #expect(try person.account().status == 401)
        }

        private func status(_ token: String, _ person: Person) throws -> Int {
            try person.client.send("GET", "/function/manage-account", ["Authorization": "Bearer \(token)"]).status
        }

        private func forgeries(of token: AccessToken, _ key: Ed25519.PrivateKey) throws -> [(String, String)] {
            let stranger = Ed25519.PrivateKey.generate()
            let unsigned = token.changing("alg", to: "none", in: \.header).signed
            let symmetric = token.changing("alg", to: "HS256", in: \.header).signed
            let keyText = Array(Base64.url.encode(key.publicKey).utf8)
            let past = Int64(Date().timeIntervalSince1970) - 60
            let headers: [(String, JSONValue?)] = [
                ("kid", .string(Base64.url.encode(SHA256.hash(stranger.publicKey)))), ("kid", nil), ("typ", "JWT"),
                ("typ", nil), ("alg", "EdDSA "), ("crit", ["exp"]),
            ]
            let claims: [(String, JSONValue?)] = [
                ("iss", "https://evil.example"), ("iss", nil), ("aud", "others"), ("aud", ["passerelle", "others"]),
                ("exp", .integer(past)), ("exp", nil), ("nbf", .integer(past + 3600)), ("iat", .integer(past + 3600)),
                ("sid", .string(UUID().uuidString.lowercased())), ("sub", .string(UUID().uuidString.lowercased())),
            ]
            let changed =
                headers.map { ("header \($0)", token.changing($0, to: $1, in: \.header).token(key)) }
                + claims.map { ("claim \($0)", token.changing($0, to: $1, in: \.claims).token(key)) }
            return changed + [
                ("no signature", unsigned + "."), ("alg none with our signature", unsigned + "." + token.signature),
                ("two parts", token.signed), ("another's signature", token.token(stranger)),
                (
                    "another's claims",
                    token.changing("roles", to: ["admin"], in: \.claims).signed + "." + token.signature
                ),
                ("HMAC with the public key", symmetric + "." + hmac(symmetric, key.publicKey)),
                ("HMAC with the public key's text", symmetric + "." + hmac(symmetric, keyText)),
            ]
        }

        private func hmac(_ text: String, _ key: [UInt8]) -> String {
            Base64.url.encode(HMAC.sha256(key: key, Array(text.utf8)))
        }
    }
}
