import Cryptography
import Primitives
import Tokens

/// Access tokens that were found valid, by their hashes: whoever calls again need not wait for his signature to be
/// checked again. What a token says of time counts each time, and whether its session lasts is another's to ask.
final class KnownTokens {
    private static let most = 4000
    private let verifier: AccessTokenVerifier
    private var known: [[UInt8]: AccessTokenClaims] = [:]

    init(_ verifier: AccessTokenVerifier) {
        self.verifier = verifier
    }

    /// The claims of `token`, if it is valid at `now`.
    func verify(_ token: String, at now: Timestamp) throws(AccessTokenError) -> AccessTokenClaims {
        let hash = SHA256.hash(Array(token.utf8))
        if let claims = known[hash] {
            try AccessTokenVerifier.checkTimes(of: claims, at: now)
            return claims
        }
        let claims = try verifier.verify(token, at: now)
        if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
        known[hash] = claims
        return claims
    }
}
