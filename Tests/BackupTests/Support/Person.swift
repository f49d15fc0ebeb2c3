import JSON
import Testing

/// Somebody with an account, as its credentials were handed out.
final class Person {
    let login: String
    let accountID: String
    private let password: JSONValue
    private var codes: [JSONValue]

    init(_ login: String, at site: Site) throws {
        self.login = login
        let (status, answer) = try site.call("create-account", sending: ["login": .string(login)])
        try #require(status == 201)
        password = try #require(answer["password"])
        accountID = try #require(answer["accountId"]?.string)
        codes = try #require(answer["recoveryCodes"]?.array)
    }

    /// Password and a recovery code that was not used yet.
    func proof() throws -> [(String, JSONValue)] {
        [("password", password), ("recoveryCode", try code())]
    }

    private func code() throws -> JSONValue {
        let code = codes.popLast()
        return try #require(code)
    }

    /// The status of a login, and the access token that it gave.
    func logIn(at site: Site) throws -> (status: Int, token: String?) {
        let content = JSONValue.object(JSONObject([("login", .string(login))] + (try proof())))
        let (status, answer) = try site.call("verify-login", sending: content)
        return (status, answer["accessToken"]?.string)
    }

    func erase(at site: Site) throws {
        let token = try #require(try logIn(at: site).token)
        let (status, _) = try site.call(
            "manage-account", path: "/erase", sending: .object(JSONObject(try proof())),
            with: ["Http_Authorization": "Bearer \(token)"])
        try #require(status == 204)
    }
}

extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object.members.first { $0.name == name }?.value
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}
