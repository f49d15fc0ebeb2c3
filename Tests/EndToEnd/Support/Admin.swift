import JSON
import Testing

/// An admin: handed out by set-up's own command, claimed, and logged in.
enum Admin {
    /// A new admin with an access token.
    static func appoint(at installation: Installation) throws -> Person {
        let claimed = try claim(handOut(Person.newLogin(), at: installation), at: installation)
        var admin = try Person(client: installation.client, claimed.json)
        try admin.logIn()
        return admin
    }

    /// The token that `set-up admin LOGIN` prints, beside the server that runs.
    static func handOut(_ login: String, at installation: Installation) throws -> String {
        let words = ["/usr/bin/env", "DATA_DIR=\(installation.folder)/data", "PORT=\(installation.port)"]
        let command = try Command(words + [try Environment.program("set-up"), "admin", login])
        try #require(command.status == 0, "\(command.text)")
        let answer = try JSONValue(parsing: command.output)
        try #require(answer.names == ["login", "token", "url", "expiresAt"])
        #expect(answer["url"].string?.hasSuffix("/claim#" + (answer["token"].string ?? "?")) == true)
        return try #require(answer["token"].string)
    }

    static func claim(_ token: String, at installation: Installation) throws -> Answer {
        let answer = try installation.client.post("/function/claim-credentials", ["token": .string(token)])
        try #require(answer.status == 200, "\(answer)")
        return answer
    }
}

extension Person {
    /// The token in a hand-out's link.
    static func token(in handout: JSONValue) throws -> String {
        let url = try #require(handout["url"].string)
        return try #require(url.split(separator: "#").last.map(String.init))
    }

    /// Rotates as an admin.
    func rotate(_ content: JSONValue) throws -> Answer {
        try client.post("/function/rotate-credentials", content, bearer)
    }

    /// Calls `manage-account`.
    func manage(_ method: String, _ path: String, _ content: JSONValue? = nil) throws -> Answer {
        let fields = content == nil ? bearer : bearer.merging(["Content-Type": "application/json"]) { $1 }
        return try client.send(method, "/function/manage-account" + path, fields, body: content?.text)
    }

    /// Changes or erases the account, with a code that was not used before.
    mutating func prove(_ method: String, _ path: String, _ more: [(String, JSONValue)] = []) throws -> Answer {
        let code = try authenticator.nextCode()
        let proof: [(String, JSONValue)] = [("password", .string(password)), ("totp", .string(code))]
        return try manage(method, path, .object(JSONObject(more + proof)))
    }

    /// Verifies the audit, as an admin.
    func verifyAudit() throws -> JSONValue {
        let answer = try client.send("GET", "/function/read-audit/verify", bearer)
        try #require(answer.status == 200, "\(answer)")
        return answer.json
    }
}
