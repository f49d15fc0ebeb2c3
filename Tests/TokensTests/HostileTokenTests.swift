import Cryptography
import JSON
import Primitives
import Testing
import Tokens

@Suite struct HostileTokenTests {
    @Test(arguments: [
        #"{"typ":"at+jwt","alg":"none","kid":"KID"}"#, #"{"typ":"at+jwt","alg":"None","kid":"KID"}"#,
        #"{"typ":"at+jwt","alg":"HS256","kid":"KID"}"#, #"{"typ":"at+jwt","alg":"eddsa","kid":"KID"}"#,
        #"{"typ":"at+jwt","alg":"ES256","kid":"KID"}"#, #"{"typ":"at+jwt","alg":["EdDSA"],"kid":"KID"}"#,
        #"{"typ":"at+jwt","kid":"KID"}"#, #"{"typ":"at+jwt","alg":null,"kid":"KID"}"#,
        #"{"typ":"JWT","alg":"EdDSA","kid":"KID"}"#, #"{"typ":"at+JWT","alg":"EdDSA","kid":"KID"}"#,
        #"{"alg":"EdDSA","kid":"KID"}"#, #"{"typ":"at+jwt","alg":"EdDSA"}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":1}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","jwk":{"kty":"OKP","crv":"Ed25519","x":"X"}}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","jku":"https://evil.example/jwks"}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","x5u":"https://evil.example/x5u"}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","x5c":["AA"]}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","crit":["exp"],"exp":1}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","b64":false}"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID","zip":"DEF"}"#, "[]", "null", "\"x\"", "{}",
    ])
    func `a header that is not exactly ours is refused, however sound the signature`(header: String) throws {
        let minted = try Minted()
        let token = minted.signed(header: header.replacing("KID", with: minted.webKey.id))
        #expect(throws: AccessTokenError.unacceptableHeader) { try minted.verifier.verify(token, at: Minted.now) }
    }

    @Test(arguments: ["none", "NONE", "EdDSA"])
    func `a token without a signature is refused`(algorithm: String) throws {
        let minted = try Minted()
        let header = minted.header.replacing("EdDSA", with: algorithm)
        let token = minted.encoded(header) + "." + minted.encoded(minted.payload) + "."
        #expect(throws: AccessTokenError.malformed) { try minted.verifier.verify(token, at: Minted.now) }
        #expect(throws: AccessTokenError.malformed) {
            try minted.verifier.verify(String(token.dropLast()), at: Minted.now)
        }
    }

    @Test func `an HMAC keyed with the public key is refused`() throws {
        let minted = try Minted()
        for key in [minted.key.publicKey, Array(minted.webKey.id.utf8)] {
            let header = minted.header.replacing("EdDSA", with: "HS512")
            let signed = minted.encoded(header) + "." + minted.encoded(minted.payload)
            let token = signed + "." + Base64.url.encode(HMAC.sha512(key: key, Array(signed.utf8)))
            #expect(throws: AccessTokenError.unacceptableHeader) { try minted.verifier.verify(token, at: Minted.now) }
        }
    }

    @Test(arguments: [
        #"{"typ":"at+jwt","alg":"none","alg":"EdDSA","kid":"KID"}"#, #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID"} x"#,
        #"{"typ":"at+jwt","alg":"EdDSA","kid":"KID"#, "", "{", "\u{feff}{}",
    ])
    func `a header with a member twice, or that is no JSON, is refused`(header: String) throws {
        let minted = try Minted()
        let token = minted.signed(header: header.replacing("KID", with: minted.webKey.id))
        #expect(throws: AccessTokenError.malformed) { try minted.verifier.verify(token, at: Minted.now) }
    }

    @Test(arguments: [
        "iss", "sub", "aud", "client_id", "exp", "nbf", "iat", "jti", "sid", "auth_time", "amr", "acr", "roles",
    ])
    func `each claim must be there, once, and of its type`(name: String) throws {
        let minted = try Minted()
        let missing = minted.payload.replacing("\"\(name)\":", with: "\"other\":")
        #expect(throws: AccessTokenError.badClaims) {
            try minted.verifier.verify(minted.signed(payload: missing), at: Minted.now)
        }
        guard case .object(let object) = try JSONValue(parsing: Array(minted.payload.utf8)) else { return }
        let twice = minted.payload.dropLast() + ",\"\(name)\":1}"
        #expect(throws: AccessTokenError.malformed) {
            try minted.verifier.verify(minted.signed(payload: String(twice)), at: Minted.now)
        }
        for wrong in ["null", "{}", "true", "1.5", "[1]", "-1", "253402300800", "9223372036854775807"] {
            let value = try JSONValue(parsing: Array(wrong.utf8))
            let claims = JSONObject(object.members.map { ($0.name, $0.name == name ? value : $0.value) })
            let payload = String(decoding: JSONValue.object(claims).text, as: UTF8.self)
            #expect(throws: AccessTokenError.badClaims) {
                try minted.verifier.verify(minted.signed(payload: payload), at: Minted.now)
            }
        }
    }

    @Test(arguments: [#"{"$gt":""}"#, #"["passerelle"]"#, #""""#])
    func `an audience of another shape is refused`(audience: String) throws {
        let minted = try Minted()
        let payload = minted.payload.replacing(#""aud":"passerelle""#, with: #""aud":\#(audience)"#)
        #expect(throws: AccessTokenError.self) {
            try minted.verifier.verify(minted.signed(payload: payload), at: Minted.now)
        }
    }

    @Test func `a token with any character changed, left out or added is refused`() throws {
        let minted = try Minted()
        let token = Array(minted.token.utf8)
        for position in token.indices {
            var changed = token
            changed[position] = changed[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            var shorter = token
            shorter.remove(at: position)
            let longer = token[...position] + [UInt8(ascii: "A")] + token[(position + 1)...]
            for hostile in [changed, shorter, Array(longer)] {
                #expect(throws: AccessTokenError.self) {
                    try minted.verifier.verify(String(decoding: hostile, as: UTF8.self), at: Minted.now)
                }
            }
        }
    }

    /// The last character of 64 bytes in base64 has four bits that mean nothing, which must be 0.
    @Test func `a signature has one spelling`() throws {
        let minted = try Minted()
        let last = try #require(minted.token.utf8.last)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let value = try #require(alphabet.firstIndex(of: last))
        for bits in 1..<16 {
            let other = String(minted.token.dropLast()) + String(Unicode.Scalar(alphabet[value | bits]))
            #expect(throws: AccessTokenError.malformed) { try minted.verifier.verify(other, at: Minted.now) }
        }
    }

    @Test(arguments: ["", ".", "..", "...", "a.b.c", "a", " ", "Bearer x", "é.é.é", "====.====.===="])
    func `what is no token is refused`(token: String) throws {
        let minted = try Minted()
        #expect(throws: AccessTokenError.malformed) { try minted.verifier.verify(token, at: Minted.now) }
    }

    @Test(arguments: [" ", "=", "\n", ".", "\0", "."])
    func `nothing may stand behind a token`(suffix: String) throws {
        let minted = try Minted()
        #expect(throws: AccessTokenError.malformed) {
            try minted.verifier.verify(minted.token + suffix, at: Minted.now)
        }
    }

    @Test func `a token that is too long is refused, though its signature is sound`() throws {
        let minted = try Minted()
        var claims = minted.claims
        claims.roles = [String](repeating: "admin", count: 600)
        let token = AccessTokenSigner(key: minted.key).sign(claims)
        #expect(token.utf8.count > AccessTokenVerifier.longest)
        #expect(throws: AccessTokenError.malformed) { try minted.verifier.verify(token, at: Minted.now) }
    }
}
