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
        guard caller.has(.admin) else {
            try accounts.tellRefusal(of: caller.session, context)
            throw FunctionFailure.forbidden
        }
        return caller
    }

    /// The calling admin who has logged in within the last 15 minutes; throws 401 `stronger-proof-needed` for an older
    /// login (RFC 9470).
    public func freshAdmin(_ request: Request, _ context: Context) throws -> Caller {
        let caller = try admin(request, context)
        guard context.now < caller.authenticatedAt.adding(Self.freshness) else {
            throw FunctionFailure.strongerProofNeeded
        }
        return caller
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
