import Cryptography
import JSON
import Primitives
import Testing
import Tokens

@Suite struct AccessTokenTests {
    @Test func `a token says what it was made to say`() throws {
        let minted = try Minted()
        #expect(try minted.verifier.verify(minted.token, at: Minted.now) == minted.claims)
        #expect(minted.signed() == minted.token)
    }

    @Test func `the token has the contract's header and claims`() throws {
        let minted = try Minted()
        let header = try JSONValue(parsing: #require(Base64.url.decode(minted.token.split(separator: ".")[0])))
        #expect(header == ["typ": "at+jwt", "alg": "EdDSA", "kid": .string(minted.webKey.id)])
        guard case .object(let payload) = try JSONValue(parsing: Array(minted.payload.utf8)) else {
            Issue.record("the payload is no object")
            return
        }
        let names = [
            "iss", "sub", "aud", "client_id", "exp", "nbf", "iat", "jti", "sid", "auth_time", "amr", "acr", "roles",
        ]
        #expect(payload.members.map(\.name) == names)
        #expect(payload["iat"] == 1_700_000_000)
        #expect(payload["exp"] == 1_700_604_800)
        #expect(payload["sub"] == "01010101-0101-0101-0101-010101010101")
    }

    @Test func `times are cut to whole seconds`() throws {
        let minted = try Minted()
        var claims = minted.claims
        claims.issuedAt = Minted.now.adding(.milliseconds(999))
        let token = AccessTokenSigner(key: minted.key).sign(claims)
        #expect(try minted.verifier.verify(token, at: Minted.now).issuedAt == Minted.now)
    }

    @Test func `the current and the previous key are taken, a third is not`() throws {
        let (old, new, other) = (try Minted(seed: 1), try Minted(seed: 2), try Minted(seed: 3))
        let verifier = new.verifier([new.webKey, old.webKey])
        #expect(try verifier.verify(old.token, at: Minted.now) == old.claims)
        #expect(try verifier.verify(new.token, at: Minted.now) == new.claims)
        #expect(throws: AccessTokenError.unknownKey) { try verifier.verify(other.token, at: Minted.now) }
        #expect(throws: AccessTokenError.unknownKey) { try new.verifier.verify(old.token, at: Minted.now) }
        #expect(throws: AccessTokenError.unknownKey) { try new.verifier([]).verify(new.token, at: Minted.now) }
    }

    @Test func `a token signed by another key under our key's name is refused`() throws {
        let (ours, theirs) = (try Minted(seed: 1), try Minted(seed: 2))
        let token = theirs.signed(header: ours.header)
        #expect(throws: AccessTokenError.badSignature) { try ours.verifier.verify(token, at: Minted.now) }
    }

    @Test(
        arguments: [
            (-6_000, AccessTokenError.notYetValid), (-5_000, nil), (0, nil), (604_799_999, nil),
            (604_800_000, .expired),
            (10_000_000_000, .expired), (-1_700_000_000_000, .notYetValid),
        ] as [(Int, AccessTokenError?)])
    func `a token counts from its issue, five seconds of skew allowed, to the second before its end`(
        offset: Int, error: AccessTokenError?
    ) throws {
        let minted = try Minted()
        let now = Minted.now.adding(.milliseconds(offset))
        if let error {
            #expect(throws: error) { try minted.verifier.verify(minted.token, at: now) }
        } else {
            #expect(try minted.verifier.verify(minted.token, at: now) == minted.claims)
        }
    }

    @Test(arguments: ["nbf", "iat"])
    func `a token from the future is refused by either of its times`(claim: String) throws {
        let minted = try Minted()
        let payload = minted.payload.replacing("\"\(claim)\":1700000000", with: "\"\(claim)\":1700000006")
        #expect(throws: AccessTokenError.notYetValid) {
            try minted.verifier.verify(minted.signed(payload: payload), at: Minted.now)
        }
    }

    @Test func `another issuer and another audience are refused`() throws {
        let minted = try Minted()
        let elsewhere = AccessTokenVerifier(
            keys: [minted.webKey], issuer: Minted.issuer + "/", audience: Minted.audience)
        #expect(throws: AccessTokenError.wrongIssuer) { try elsewhere.verify(minted.token, at: Minted.now) }
        let other = AccessTokenVerifier(keys: [minted.webKey], issuer: Minted.issuer, audience: "Passerelle")
        #expect(throws: AccessTokenError.wrongAudience) { try other.verify(minted.token, at: Minted.now) }
    }
}
