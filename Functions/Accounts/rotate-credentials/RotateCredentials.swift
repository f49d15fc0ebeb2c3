import AccountsAccess
import AccountsIssuing
import AccountsStore
import Installation
import Runtime

/// Replaces credentials: owners renew their own, admins rotate others', and whoever lost a password recovers.
@main
struct RotateCredentials: BearerFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/", isOpen: true) { try $0.rotate($1, $2) },
        Route("GET", "/operations", parameters: Page.parameters) { try $0.listOperations($1, $2) },
        Route("POST", "/operations/run", isOpen: true) { try $0.runOperations($1, $2) },
        Route("GET", "/operations/{operationId}") { try $0.showOperation($1, $2) },
        Route("POST", "/operations/{operationId}/handouts") { try $0.mintHandouts($1, $2) },
    ]

    let accounts: Accounts
    let access: Access
    let cookie: DeviceCookie
    let hasMail: Bool

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "rotate-credentials")
        accounts = try Accounts(installation)
        access = try Access(accounts)
        cookie = DeviceCookie(installation)
        hasMail = !(environment.variables["SMTP_URL"] ?? "").isEmpty
    }

    private func rotate(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        switch try request.content(as: RotationRequest.self) {
        case .renew(let token): return try renew(token, context)
        case .prove(let password, let factor):
            let caller = try access.caller(request, context)
            return try prove(caller, Proof(password: password, factor: factor), context)
        case .recover(let login): return try recover(login, context)
        case .rotate(let scope, let mode):
            return try rotate(scope, mode, by: access.freshAdmin(request, context), context)
        case .masterKey: return try rotateMasterKey(by: access.freshAdmin(request, context), context)
        }
    }
}
