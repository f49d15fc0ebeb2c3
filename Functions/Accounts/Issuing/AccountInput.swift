public import AccountsDomain
public import AccountsStore
public import JSON
public import Runtime
public import Tokens

extension Login: JSONReadable {
    /// A login, of the letters, length and signs that the rules allow.
    public init(json: JSONValue) throws(JSONError) {
        guard let login = Login(parsing: try String(json: json)) else {
            throw JSONError("must be 3 to 64 ASCII letters, digits or . _ - @ +")
        }
        self = login
    }
}

extension OpaqueToken: JSONReadable {
    /// A token in its text form.
    public init(json: JSONValue) throws(JSONError) {
        guard let token = OpaqueToken(parsing: try String(json: json)) else {
            throw JSONError("must be a token of 43 characters")
        }
        self = token
    }
}

extension SecondFactor {
    /// Takes `totp` or `recoveryCode`, one of which must be there.
    public init(members: inout JSONMembers) throws(JSONError) {
        if members.contains("totp"), members.contains("recoveryCode") {
            throw JSONError("cannot stand beside totp").inside("recoveryCode")
        }
        if let code = try members.optional("recoveryCode", as: String.self) {
            self = .recoveryCode(code)
        } else {
            self = .totp(try members.required("totp"))
        }
    }
}

extension FunctionFailure {
    /// 401, the same for every reason that a proof can be refused for.
    public static var invalidCredentials: FunctionFailure {
        FunctionFailure(
            401, "invalid-credentials", title: "Invalid credentials",
            detail: "Login, password and second factor do not belong together, or the code was used before.",
            headers: ["www-authenticate": "Bearer"])
    }

    /// 429: too many failures in a row; another try makes sense after so many seconds.
    public static func tooManyAttempts(retryAfter seconds: Int64) -> FunctionFailure {
        FunctionFailure(
            429, "too-many-attempts", title: "Too many attempts",
            detail: "Too many tries in a row have failed; wait before the next one.",
            headers: ["retry-after": String(seconds)])
    }
}

extension EmailAddress: JSONReadable {
    /// An e-mail address.
    public init(json: JSONValue) throws(JSONError) {
        guard let address = EmailAddress(parsing: try String(json: json)) else {
            throw JSONError("must be an e-mail address")
        }
        self = address
    }
}
