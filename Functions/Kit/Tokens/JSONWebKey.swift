import Cryptography
import JSON
import Primitives

/// A public Ed25519 key as others read it (RFC 8037, section 2).
public struct JSONWebKey: Equatable, Sendable {
    /// The 32 raw bytes.
    public let publicKey: [UInt8]
    /// `kid`: the key's thumbprint (RFC 7638; RFC 8037, appendix A.3), 43 characters of base64url.
    public let id: String

    /// Describes `publicKey`, 32 raw bytes.
    public init(_ publicKey: [UInt8]) {
        self.publicKey = publicKey
        let required: JSONValue = ["crv": "Ed25519", "kty": "OKP", "x": .string(Base64.url.encode(publicKey))]
        id = Base64.url.encode(SHA256.hash(required.text))
    }

    /// The JSON object, with the use that the key is for.
    var json: JSONValue {
        [
            "kty": "OKP", "crv": "Ed25519", "x": .string(Base64.url.encode(publicKey)), "kid": .string(id),
            "use": "sig", "alg": "EdDSA",
        ]
    }

    /// The document with all `keys` for whoever checks tokens himself (RFC 7517, section 5).
    public static func set(_ keys: [JSONWebKey]) -> [UInt8] {
        JSONValue.object(JSONObject([("keys", .array(keys.map(\.json)))])).text
    }
}
