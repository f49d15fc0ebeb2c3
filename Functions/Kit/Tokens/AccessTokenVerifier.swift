public import Primitives

/// Checks access tokens; takes what ``AccessTokenSigner`` makes and nothing looser.
public struct AccessTokenVerifier: Sendable {
    /// How many characters a token may have.
    public static let longest = 4096

    /// Takes tokens from `issuer` for `audience` that were signed by the owner of one of `publicKeys` (32 raw bytes
    /// each): the current one and, for as long as its tokens live, the one before.
    public init(publicKeys: [[UInt8]], issuer: String, audience: String) {
    }

    /// The claims of `token`, if it is valid at `now`, to the second; no leeway is given.
    public func verify(_ token: String, at now: Timestamp) throws(AccessTokenError) -> AccessTokenClaims {
        throw .malformed
    }
}
