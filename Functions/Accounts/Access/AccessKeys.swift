import Cryptography
public import Installation
public import Runtime
import Secrets
public import Tokens

/// The keys of access tokens: the one that signs, and the one before, whose tokens may still live.
public struct AccessKeys {
    /// Who tokens are for.
    public static let audience = "passerelle"

    /// Signs new tokens.
    public let signer: AccessTokenSigner
    /// Checks tokens.
    public let verifier: AccessTokenVerifier
    /// The public keys, the current one first.
    public let published: [JSONWebKey]

    /// Reads `token-key`, and `token-key-previous` where it is there.
    public init(_ installation: Installation) throws(SetUpFailure) {
        do {
            let current = try Ed25519.PrivateKey(pem: installation.secrets.read("token-key"))
            let former = try installation.secrets.readIfPresent("token-key-previous")
            let previous = try former.map(Ed25519.PrivateKey.init(pem:))
            published = [current, previous].compactMap { $0 }.map { JSONWebKey($0.publicKey) }
            signer = AccessTokenSigner(key: current)
        } catch {
            throw .configuration("The key for access tokens cannot be used: \(error)")
        }
        verifier = AccessTokenVerifier(
            keys: published, issuer: installation.publicURL, audience: Self.audience)
    }
}
