import JSON

/// The header of every access token (RFC 9068, section 2.1): these three members and no other, so that neither a key
/// (`jwk`, `jku`, `x5u`) nor an extension (`crit`) is ever taken from a token.
struct AccessTokenHeader: JSONObjectReadable {
    static let type = "at+jwt"
    static let algorithm = "EdDSA"

    let keyID: String

    init(keyID: String) {
        self.keyID = keyID
    }

    init(members: inout JSONMembers) throws(JSONError) {
        guard try members.required("typ", as: String.self) == Self.type else { throw JSONError("is another type") }
        guard try members.required("alg", as: String.self) == Self.algorithm else { throw JSONError("is another alg") }
        keyID = try members.required("kid")
    }

    var json: JSONValue {
        ["typ": .string(Self.type), "alg": .string(Self.algorithm), "kid": .string(keyID)]
    }
}
