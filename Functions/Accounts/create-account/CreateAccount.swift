import AccountsDomain
import AccountsIssuing
import AccountsStore
import Installation
import Runtime

/// Makes an account and answers its credentials, once.
@main
struct CreateAccount: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/", reading: AccountRequest.self) { try $0.create($1, $3) }
    ]

    private let accounts: Accounts
    private let cookie: DeviceCookie

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "create-account")
        accounts = try Accounts(installation)
        cookie = DeviceCookie(installation)
    }

    private func create(_ request: AccountRequest, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let created = try accounts.create(request.login, email: request.email, context)
        return try CredentialAnswer(
            accountID: created.id, login: request.login.text, credentials: created.credentials, set: created.set,
            deviceToken: created.deviceToken
        ).answer(status: 201, cookie: cookie)
    }
}
