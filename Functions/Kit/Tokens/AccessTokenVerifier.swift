import Cryptography
import JSON
public import Primitives

/// Checks access tokens; takes what ``AccessTokenSigner`` makes and nothing looser.
public struct AccessTokenVerifier: Sendable {
    /// How many characters a token may have.
    public static let longest = 4096
    /// By how many seconds another host's clock may be ahead: for `nbf` and `iat`, never for `exp`.
    public static let clockSkew: Int64 = 5

    private let keys: [JSONWebKey]
    private let issuer: String
    private let audience: String

    /// Takes tokens from `issuer` for `audience` that one of `keys` signed: the current one and, for as long as its
    /// tokens live, the one before.
    public init(keys: [JSONWebKey], issuer: String, audience: String) {
        self.keys = keys
        self.issuer = issuer
        self.audience = audience
    }

    /// The claims of `token`, if it is valid at `now`; nothing in it is believed before its signature is checked.
    public func verify(_ token: String, at now: Timestamp) throws(AccessTokenError) -> AccessTokenClaims {
        let parts = try CompactToken(parsing: token)
        try checkSignature(of: parts)
        let claims = try Self.claims(parts.payload)
        guard claims.issuer == issuer else { throw .wrongIssuer }
        guard claims.audience == audience else { throw .wrongAudience }
        try Self.checkTimes(of: claims, at: now)
        return claims
    }

    private func checkSignature(of token: CompactToken) throws(AccessTokenError) {
        let header = try Self.header(token.header)
        guard let key = keys.first(where: { $0.id == header.keyID }) else { throw .unknownKey }
        guard Ed25519.verify(token.signature, of: token.signed, publicKey: key.publicKey) else { throw .badSignature }
    }

    /// Throws unless claims that were verified once are valid at `now`, too.
    public static func checkTimes(of claims: AccessTokenClaims, at now: Timestamp) throws(AccessTokenError) {
        guard now.seconds < claims.expiresAt.seconds else { throw .expired }
        let latest = now.seconds + clockSkew
        guard claims.notBefore.seconds <= latest, claims.issuedAt.seconds <= latest else { throw .notYetValid }
    }

    private static func header(_ bytes: [UInt8]) throws(AccessTokenError) -> AccessTokenHeader {
        let json = try object(bytes)
        do { return try AccessTokenHeader(json: json) } catch { throw .unacceptableHeader }
    }

    private static func claims(_ bytes: [UInt8]) throws(AccessTokenError) -> AccessTokenClaims {
        let json = try object(bytes)
        do { return try AccessTokenClaims(json: json) } catch { throw .badClaims }
    }

    private static func object(_ bytes: [UInt8]) throws(AccessTokenError) -> JSONValue {
        do { return try JSONValue(parsing: bytes) } catch { throw .malformed }
    }
}
