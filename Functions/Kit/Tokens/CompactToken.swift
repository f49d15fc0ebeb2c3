import Cryptography
import Primitives

/// The three parts of a JWS in compact form (RFC 7515, section 3.1), decoded but not yet believed.
struct CompactToken {
    let header: [UInt8]
    let payload: [UInt8]
    let signature: [UInt8]
    /// The characters that the signature is over.
    let signed: [UInt8]

    init(parsing token: String) throws(AccessTokenError) {
        guard token.utf8.count <= AccessTokenVerifier.longest else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3,
            let header = Base64.url.decode(parts[0]), let payload = Base64.url.decode(parts[1]),
            let signature = Base64.url.decode(parts[2]), signature.count == Ed25519.signatureLength
        else { throw .malformed }
        self.header = header
        self.payload = payload
        self.signature = signature
        signed = Array(token.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
    }
}
