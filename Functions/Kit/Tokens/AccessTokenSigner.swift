public import Cryptography
import JSON
import Primitives

/// Makes access tokens: JWTs (RFC 9068) signed with Ed25519 (RFC 8037).
public struct AccessTokenSigner: Sendable {
    private let key: Ed25519.PrivateKey
    private let header: String

    /// Signs with `key`, which each token names by its thumbprint.
    public init(key: Ed25519.PrivateKey) {
        self.key = key
        header = Base64.url.encode(AccessTokenHeader(keyID: JSONWebKey(key.publicKey).id).json.text)
    }

    /// The token that says `claims`, times cut to whole seconds.
    public func sign(_ claims: AccessTokenClaims) -> String {
        let signed = header + "." + Base64.url.encode(claims.json.text)
        return signed + "." + Base64.url.encode(key.sign(Array(signed.utf8)))
    }
}
