import AccountsAccess
import AccountsDomain
import AccountsIssuing
import AccountsStore
import Installation
import JSON
import Runtime
import Tokens

/// Replaces credentials: the owner proves himself for a renewal token, whose holder gets the new set.
@main
struct RotateCredentials: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.rotate($1, $2) }
    ]

    private let accounts: Accounts
    private let access: Access
    private let cookie: DeviceCookie

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "rotate-credentials")
        accounts = try Accounts(installation)
        access = try Access(accounts)
        cookie = DeviceCookie(installation)
    }

    private func rotate(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        switch try request.content(as: RotationRequest.self) {
        case .renew(let token): return try renew(token, context)
        case .prove(let password, let factor):
            let caller = try access.caller(request, context)
            return try prove(caller, Proof(password: password, factor: factor), context)
        }
    }

    private func renew(_ token: OpaqueToken, _ context: Context) throws -> Answer {
        guard let renewed = try accounts.renew(token, context) else { throw FunctionFailure.renewalSpent }
        return try CredentialAnswer(
            accountID: renewed.account.id, login: renewed.account.login, credentials: renewed.credentials,
            set: renewed.set, deviceToken: renewed.deviceToken
        ).answer(status: 200, cookie: cookie)
    }

    private func prove(_ caller: Caller, _ proof: Proof, _ context: Context) throws -> Answer {
        guard let account = try accounts.account(caller.accountID), let login = Login(parsing: account.login) else {
            throw FunctionFailure.unauthorized
        }
        switch try accounts.check(login, proof, context) {
        case .refused: throw FunctionFailure.invalidCredentials
        case .throttled(let seconds): throw FunctionFailure.tooManyAttempts(retryAfter: seconds)
        case .proven(let proven):
            do {
                let renewal = try accounts.allowRenewal(proven, context)
                return Answer.json(.object(JSONObject(renewal.members))).keptSecret()
            } catch AccountsError.overtaken {
                throw FunctionFailure.invalidCredentials
            }
        }
    }
}
