import AccountsAccess
import AccountsDomain
import AccountsStore
import Installation
import JSON
import Primitives
import Runtime

/// Shows an account to its owner.
@main
struct ManageAccount: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/") { try $0.show($1, $2) }
    ]

    private let accounts: Accounts
    private let access: Access

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        accounts = try Accounts(try Installation(environment: environment, function: "manage-account"))
        access = try Access(accounts)
    }

    private func show(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let caller = try access.caller(request, context)
        guard let account = try accounts.account(caller.accountID) else { throw FunctionFailure.unauthorized }
        let sessions = try accounts.sessions(of: account.id, at: context.now)
        let document: JSONValue = [
            "accountId": .string(account.id.description), "login": .string(account.login),
            "email": try accounts.email(of: account).map(JSONValue.string) ?? .null,
            "roles": .array(account.roles.map { .string($0.rawValue) }), "status": .string(account.status.rawValue),
            "createdAt": .string(account.createdAt.description),
            "credentials": json(account.credentials, at: context.now),
            "sessions": .array(sessions.map { json($0, isCurrent: $0.id == caller.session.id) }),
        ]
        return Answer.json(document).adding("cache-control", "no-store")
    }

    private func json(_ credentials: Account.Credentials, at now: Timestamp) -> JSONValue {
        [
            "version": .integer(credentials.version), "issuedAt": .string(credentials.issuedAt.description),
            "expiresAt": .string(credentials.expiresAt.description),
            "renewSoon": .bool(CredentialLife.renewSoon(expiresAt: credentials.expiresAt, now: now)),
            "recoveryCodesLeft": .integer(Int64(credentials.secrets?.recoveryCodes.count ?? 0)),
        ]
    }

    private func json(_ session: Session, isCurrent: Bool) -> JSONValue {
        [
            "sid": .string(session.id.description), "createdAt": .string(session.createdAt.description),
            "lastSeenAt": .string(session.lastSeenAt.description), "userAgent": .string(session.userAgent),
            "current": .bool(isCurrent),
        ]
    }
}
