import AccountsDomain
import AccountsIssuing
public import AccountsStore
public import JSON
import Tokens

/// What is asked of `rotate-credentials`.
enum RotationRequest: JSONObjectReadable {
    /// New credentials for the holder of a renewal token.
    case renew(OpaqueToken)
    /// A renewal token for the owner, who proves himself once more.
    case prove(password: String, SecondFactor)
    /// A hand-out by mail for an owner who lost his password.
    case recover(Login)
    /// New credentials for others, by an admin; without a mode, the one that suits the number of logins.
    case rotate(RotationScope, Operation.Mode?)
    /// Every data key wrapped anew, by an admin.
    case masterKey

    init(members: inout JSONMembers) throws(JSONError) {
        if let token = try members.optional("renewalToken", as: OpaqueToken.self) {
            self = .renew(token)
        } else if let login = try members.optional("recover", as: Login.self) {
            self = .recover(login)
        } else if let isAsked = try members.optional("masterKey", as: Bool.self) {
            guard isAsked else { throw JSONError("must be true").inside("masterKey") }
            self = .masterKey
        } else if let scope = try RotationScope(members: &members) {
            self = .rotate(scope, try members.optional("mode", as: Operation.Mode.self))
        } else {
            self = .prove(password: try members.required("password"), try SecondFactor(members: &members))
        }
    }
}

/// Whose credentials an admin names.
enum RotationScope {
    /// One login.
    case one(Login)
    /// Several logins.
    case several([Login])
    /// Those whose credentials end within so many days.
    case expiringWithin(days: Int64)
    /// All but the caller.
    case all

    static let mostLogins = 10_000

    /// Takes one of `login`, `logins`, `expiringWithinDays` and `all`; `nil` where none is there.
    init?(members: inout JSONMembers) throws(JSONError) {
        if let login = try members.optional("login", as: Login.self) {
            self = .one(login)
        } else if let logins = try members.optional("logins", as: [Login].self) {
            guard (1...Self.mostLogins).contains(logins.count) else {
                throw JSONError("must name 1 to \(Self.mostLogins) logins").inside("logins")
            }
            self = .several(logins)
        } else if let days = try members.optional("expiringWithinDays", as: Int64.self) {
            guard (0...3650).contains(days) else { throw JSONError("must be 0 to 3650").inside("expiringWithinDays") }
            self = .expiringWithin(days: days)
        } else if let isAll = try members.optional("all", as: Bool.self) {
            guard isAll else { throw JSONError("must be true").inside("all") }
            self = .all
        } else {
            return nil
        }
    }
}

extension Operation.Mode: JSONReadable {
    /// `now` or `next-login`.
    public init(json: JSONValue) throws(JSONError) {
        guard let mode = Operation.Mode(rawValue: try String(json: json)) else {
            throw JSONError("must be now or next-login")
        }
        self = mode
    }
}
