import JSON
import Primitives

extension AccessTokenClaims {
    /// Reads the claims; each must be there, and no other.
    init(json: JSONValue) throws(JSONError) {
        self = try ClaimsReader(json: json).claims
    }

    /// The claims as the token carries them.
    var json: JSONValue {
        [
            "iss": .string(issuer), "sub": .string(subject.description), "aud": .string(audience),
            "client_id": .string(clientID), "exp": .integer(expiresAt.seconds), "nbf": .integer(notBefore.seconds),
            "iat": .integer(issuedAt.seconds), "jti": .string(tokenID.description),
            "sid": .string(sessionID.description), "auth_time": .integer(authenticatedAt.seconds),
            "amr": .array(methods.map { .string($0) }), "acr": .string(strength),
            "roles": .array(roles.map { .string($0) }),
        ]
    }
}

private struct ClaimsReader: JSONObjectReadable {
    let claims: AccessTokenClaims

    init(members: inout JSONMembers) throws(JSONError) {
        let notBefore = try Self.time("nbf", in: &members)
        var claims = AccessTokenClaims(
            issuer: try members.required("iss"), subject: try Self.id("sub", in: &members),
            audience: try members.required("aud"), clientID: try members.required("client_id"),
            issuedAt: try Self.time("iat", in: &members), expiresAt: try Self.time("exp", in: &members),
            tokenID: try Self.id("jti", in: &members), sessionID: try Self.id("sid", in: &members),
            authenticatedAt: try Self.time("auth_time", in: &members), methods: try members.required("amr"),
            strength: try members.required("acr"), roles: try members.required("roles"))
        claims.notBefore = notBefore
        self.claims = claims
    }

    private static func id(_ name: String, in members: inout JSONMembers) throws(JSONError) -> UniqueID {
        guard let id = UniqueID(parsing: try members.required(name)) else { throw JSONError("must be a UUID") }
        return id
    }

    /// A NumericDate in whole seconds, no later than the year 9999.
    private static func time(_ name: String, in members: inout JSONMembers) throws(JSONError) -> Timestamp {
        let seconds = try members.required(name, as: Int64.self)
        guard (0...253_402_300_799).contains(seconds) else { throw JSONError("is out of range") }
        return Timestamp(milliseconds: seconds * 1000)
    }
}
