import Cryptography
import JSON
import Primitives
import Testing
import Tokens

/// RFC 8037, appendix A.
@Suite struct JSONWebKeyTests {
    static let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    static let d = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
    static let thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

    @Test func `a key's id is its thumbprint`() throws {
        let seed = try #require(Base64.url.decode(Self.d))
        let key = try #require(Ed25519.PrivateKey(seed: seed))
        #expect(Base64.url.encode(key.publicKey) == Self.x)
        #expect(JSONWebKey(key.publicKey).id == Self.thumbprint)
    }

    @Test func `the JWS of the appendix is what our keys sign and check`() throws {
        let seed = try #require(Base64.url.decode(Self.d))
        let key = try #require(Ed25519.PrivateKey(seed: seed))
        let input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
        let signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        #expect(Base64.url.encode(key.sign(Array(input.utf8))) == signature)
    }

    @Test func `the set lists each key with its use and nothing private`() throws {
        let first = JSONWebKey(try #require(Base64.url.decode(Self.x)))
        let second = JSONWebKey([UInt8](repeating: 9, count: 32))
        let expected: JSONValue = [
            "keys": [
                [
                    "kty": "OKP", "crv": "Ed25519", "x": .string(Self.x), "kid": .string(Self.thumbprint), "use": "sig",
                    "alg": "EdDSA",
                ],
                [
                    "kty": "OKP", "crv": "Ed25519", "x": "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk",
                    "kid": .string(second.id), "use": "sig", "alg": "EdDSA",
                ],
            ]
        ]
        #expect(try JSONValue(parsing: JSONWebKey.set([first, second])) == expected)
        #expect(JSONWebKey.set([]) == Array(#"{"keys":[]}"#.utf8))
    }
}
