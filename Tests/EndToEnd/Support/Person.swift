import Foundation
import JSON
import Testing

/// Somebody with an account, and what is in that somebody's hands.
struct Person {
    let client: Client
    let login: String
    let accountID: String
    private(set) var credentials: JSONValue
    var authenticator: Authenticator
    var accessToken = ""

    /// Makes an account with a login that is nobody's.
    static func register(
        at installation: Installation, _ more: JSONObject = JSONObject(), login: String = newLogin()
    ) throws -> Person {
        var content = JSONObject([("login", .string(login))])
        for member in more.members { content.append(member.name, member.value) }
        let answer = try installation.client.post("/function/create-account", .object(content))
        try #require(answer.status == 201, "\(answer)")
        return try Person(client: installation.client, answer.json)
    }

    /// A login that is nobody's.
    static func newLogin() -> String {
        "user-" + UUID().uuidString.lowercased()
    }

    /// Takes the credentials that an answer gave.
    init(client: Client, _ credentials: JSONValue) throws {
        self.client = client
        self.credentials = credentials
        login = try #require(credentials["login"].string)
        accountID = try #require(credentials["accountId"].string)
        authenticator = Authenticator(secret: try #require(credentials["totp"]["secret"].string))
    }

    var password: String { credentials["password"].string ?? "" }
    var deviceToken: String { credentials["deviceToken"].string ?? "" }
    var recoveryCodes: [String] { credentials["recoveryCodes"].strings }
    var version: Int64? { credentials["credentialVersion"].integer }
    var bearer: [String: String] { ["Authorization": "Bearer \(accessToken)"] }
    /// Finds the account in the database.
    var filter: JSONValue { ["login": .string(login)] }

    /// The same person with the set of credentials that an answer holds.
    func renewed(_ answer: Answer) throws -> Person {
        try Person(client: client, answer.json)
    }

    /// Tries to log in with whatever is given.
    func attempt(
        login: String? = nil, password: String? = nil, totp: String? = nil, recoveryCode: String? = nil,
        device: String? = nil
    ) throws -> Answer {
        let members = [
            ("login", login ?? self.login), ("password", password ?? self.password), ("totp", totp),
            ("recoveryCode", recoveryCode), ("deviceToken", device),
        ]
        let content = members.compactMap { name, value in value.map { (name, JSONValue.string($0)) } }
        return try client.post("/function/verify-login", .object(JSONObject(content)))
    }

    /// Logs in with the right password and a code that was not used before, and keeps the access token.
    @discardableResult
    mutating func logIn() throws -> Answer {
        let answer = try attempt(totp: authenticator.nextCode())
        try #require(answer.status == 200, "\(answer)")
        accessToken = try #require(answer.json["accessToken"].string)
        return answer
    }

    /// Looks at the account with the access token.
    func account() throws -> Answer {
        try client.send("GET", "/function/manage-account", bearer)
    }

    /// Uses a renewal token.
    func renew(_ token: String) throws -> Answer {
        try client.post("/function/rotate-credentials", ["renewalToken": .string(token)])
    }

    /// Proves the owner with a later code than the login's.
    mutating func prove() throws -> Answer {
        let content: JSONValue = ["password": .string(password), "totp": .string(try authenticator.nextCode())]
        return try client.post("/function/rotate-credentials", content, bearer)
    }
}
