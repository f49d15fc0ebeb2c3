import AccountsIssuing
import AccountsStore
import Installation
import JSON
import Primitives
import Runtime

/// Gives new credentials to whoever holds a hand-out's token, once.
@main
struct ClaimCredentials: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/", reading: ClaimRequest.self) { try $0.claim($1, $3) }
    ]

    private let accounts: Accounts
    private let cookie: DeviceCookie

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "claim-credentials")
        accounts = try Accounts(installation)
        cookie = DeviceCookie(installation)
    }

    private func claim(_ request: ClaimRequest, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        switch try accounts.claim(request.token, request.factor, context) {
        case .claimed(let claimed):
            return try CredentialAnswer(
                accountID: claimed.account.id, login: claimed.account.login, credentials: claimed.credentials,
                set: claimed.set, deviceToken: claimed.deviceToken
            ).answer(status: 200, cookie: cookie)
        case .spent(let replayed): throw spent(replayed, context)
        case .refused: throw FunctionFailure.invalidCredentials
        case .throttled(let seconds): throw FunctionFailure.tooManyAttempts(retryAfter: seconds)
        }
    }

    private func spent(_ replayed: UniqueID?, _ context: Context) -> FunctionFailure {
        guard let replayed else { return .handoutSpent }
        let fields = JSONObject([("accountId", .string(replayed.description))])
        context.log.write(.warning, "handout.replayed", fields)
        return .handoutSpent.counting("handout.replayed")
    }
}
