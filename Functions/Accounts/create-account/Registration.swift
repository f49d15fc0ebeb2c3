import AccountsAccess
import AccountsDomain
import AccountsStore
import Audit
import Installation
import Runtime
import Wire

/// Who may make accounts: anyone within the brakes, or admins alone where `REGISTRATION=admin`.
struct Registration {
    private let access: Access
    private let brakes: RegistrationBrakes
    private let isOpen: Bool

    init(_ accounts: Accounts) throws(SetUpFailure) {
        access = try Access(accounts)
        brakes = try RegistrationBrakes(accounts)
        let setting = accounts.installation.environment.variables["REGISTRATION"] ?? ""
        switch setting {
        case "", "open": isOpen = true
        case "admin": isOpen = false
        default: throw .configuration("REGISTRATION must be open or admin, not \"\(setting)\".")
        }
    }

    /// Who makes the account; an admin passes the brakes. Throws 403 `registration-closed`, 429 or 503.
    func maker(_ request: Request, _ context: Context) throws -> AuditEvent.Party {
        if request.invocation.header("authorization") != nil || !isOpen {
            if let caller = try? access.caller(request, context), caller.has(.admin) {
                return .account(caller.accountID)
            }
        }
        guard isOpen else { throw FunctionFailure.registrationClosed }
        try brakes.pass(context)
        return .anyone
    }
}

extension FunctionFailure {
    /// 403: accounts are made by admins alone.
    static let registrationClosed = FunctionFailure(
        403, "registration-closed", title: "Registration closed",
        detail: "Accounts are made by this installation's admins; ask one of them.")
}
