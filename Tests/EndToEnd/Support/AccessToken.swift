import Cryptography
import JSON
import Primitives
import Testing

/// An access token taken apart, to be put together otherwise.
struct AccessToken {
    var header: JSONValue
    var claims: JSONValue
    let signature: String

    init(_ token: String) throws {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        header = try JSONValue(parsing: #require(Base64.url.decode(parts[0])))
        claims = try JSONValue(parsing: #require(Base64.url.decode(parts[1])))
        signature = String(parts[2])
    }

    /// What is signed.
    var signed: String { Base64.url.encode(header.text) + "." + Base64.url.encode(claims.text) }

    /// The token, signed with a key.
    func token(_ key: Ed25519.PrivateKey) -> String {
        signed + "." + Base64.url.encode(key.sign(Array(signed.utf8)))
    }

    /// The same with one member of the header or of the claims put in another's place, or taken out.
    func changing(_ name: String, to value: JSONValue?, in part: WritableKeyPath<AccessToken, JSONValue>) -> Self {
        var token = self
        var object = JSONObject()
        for each in self[keyPath: part].names where each != name { object.append(each, self[keyPath: part][each]) }
        if let value { object.append(name, value) }
        token[keyPath: part] = .object(object)
        return token
    }
}

extension AccessToken {
    /// A person's token as the installation would have signed it after a login so long ago.
    static func forged(
        of person: Person, at installation: Installation, authenticatedSecondsAgo seconds: Int64
    ) throws -> String {
        let token = try AccessToken(person.accessToken)
        let then = try #require(token.claims["auth_time"].integer) - seconds
        let key = try Ed25519.PrivateKey(pem: Array(installation.secret("token-key").utf8))
        return token.changing("auth_time", to: .integer(then), in: \.claims).token(key)
    }
}
