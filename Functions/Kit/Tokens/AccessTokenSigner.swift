public import Cryptography

/// Makes access tokens: JWTs (RFC 9068) signed with Ed25519 (RFC 8037).
public struct AccessTokenSigner: Sendable {
    /// Signs with `key`, which each token names by its thumbprint.
    public init(key: Ed25519.PrivateKey) {
    }

    /// The token that says `claims`.
    public func sign(_ claims: AccessTokenClaims) -> String {
        ""
    }
}
