import Cryptography
import JSON
import Primitives
import Tokens

/// A key of our own, claims for it, and tokens put together by hand to differ from what the signer makes.
struct Minted {
    static let now = Timestamp(milliseconds: 1_700_000_000_000)
    static let issuer = "https://play.example.org"
    static let audience = "passerelle"

    let key: Ed25519.PrivateKey
    let claims: AccessTokenClaims

    init(seed: UInt8 = 1) throws {
        guard let key = Ed25519.PrivateKey(seed: [UInt8](repeating: seed, count: 32)) else { throw NoKey() }
        self.key = key
        claims = AccessTokenClaims(
            issuer: Self.issuer, subject: try Self.id(1), audience: Self.audience, clientID: "passerelle",
            issuedAt: Self.now, expiresAt: Self.now.adding(.seconds(7 * 86_400)), tokenID: try Self.id(2),
            sessionID: try Self.id(3), authenticatedAt: Self.now, methods: ["pwd", "otp", "mfa"],
            strength: "urn:passerelle:two-factors", roles: ["admin"])
    }

    var webKey: JSONWebKey { JSONWebKey(key.publicKey) }
    var verifier: AccessTokenVerifier { verifier([webKey]) }
    var token: String { AccessTokenSigner(key: key).sign(claims) }

    func verifier(_ keys: [JSONWebKey]) -> AccessTokenVerifier {
        AccessTokenVerifier(keys: keys, issuer: Self.issuer, audience: Self.audience)
    }

    /// The text of a header or of claims, to be edited.
    var header: String { #"{"typ":"at+jwt","alg":"EdDSA","kid":"\#(webKey.id)"}"# }

    var payload: String {
        let part = token.split(separator: ".")[1]
        return String(decoding: Base64.url.decode(part) ?? [], as: UTF8.self)
    }

    /// A token of these texts with a sound signature over them.
    func signed(header: String? = nil, payload: String? = nil) -> String {
        let signed = encoded(header ?? self.header) + "." + encoded(payload ?? self.payload)
        return signed + "." + Base64.url.encode(key.sign(Array(signed.utf8)))
    }

    func encoded(_ text: String) -> String {
        Base64.url.encode(Array(text.utf8))
    }

    private static func id(_ byte: UInt8) throws -> UniqueID {
        guard let id = UniqueID(bytes: [UInt8](repeating: byte, count: 16)) else { throw NoKey() }
        return id
    }

    private struct NoKey: Error {}
}
