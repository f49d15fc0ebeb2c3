import AccountsDomain
import AccountsStore
import Audit
import Primitives
public import Runtime

extension Access {
    /// How fresh a login must be for what an admin does to others' credentials, roles, locks, keys or secrets.
    static let freshness: Duration = .seconds(900)

    /// The calling admin; throws 401 without a valid token, and 403, with an audit event, without the role.
    public func admin(_ request: Request, _ context: Context) throws -> Caller {
        let caller = try caller(request, context)
        try requireAdmin(caller, context)
        return caller
    }

    /// Throws 403, with an audit event, unless the caller is an admin: for what is refused for its form before that.
    public func requireAdmin(_ caller: Caller, _ context: Context) throws {
        guard !caller.isAdmin else { return }
        try accounts.tellRefusal(of: caller.session, context)
        throw FunctionFailure.forbidden
    }

    /// The calling admin who has logged in within the last 15 minutes; throws 401 `stronger-proof-needed` for an older
    /// login (RFC 9470).
    public func freshAdmin(_ request: Request, _ context: Context) throws -> Caller {
        let caller = try caller(request, context)
        try requireFreshAdmin(caller, context)
        return caller
    }

    /// Throws as ``freshAdmin(_:_:)`` does unless the caller is an admin with a fresh login.
    public func requireFreshAdmin(_ caller: Caller, _ context: Context) throws {
        try requireAdmin(caller, context)
        guard context.now < caller.authenticatedAt.adding(Self.freshness) else {
            throw FunctionFailure.strongerProofNeeded
        }
    }
}

extension FunctionFailure {
    static var strongerProofNeeded: FunctionFailure {
        FunctionFailure(
            401, "stronger-proof-needed", title: "Stronger proof needed",
            detail: "This needs a login of the last 15 minutes; log in again.",
            headers: ["www-authenticate": "Bearer error=\"insufficient_user_authentication\", max_age=900"])
    }
}
