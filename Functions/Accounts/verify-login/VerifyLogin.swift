import AccountsAccess
import AccountsDomain
import AccountsIssuing
import AccountsStore
import Installation
import JSON
import Primitives
import Runtime
import Tokens
import Wire

/// Checks login, password and second factor, and opens a session.
@main
struct VerifyLogin: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/", reading: LoginRequest.self) { try $0.logIn($1, $2, $3) },
        Route("GET", "/jwks") { function, _, _ in function.keys },
    ]

    private static let hashing = "password_hash"

    private let accounts: Accounts
    private let access: Access
    private let cookie: DeviceCookie

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "verify-login")
        accounts = try Accounts(installation)
        access = try Access(accounts)
        cookie = DeviceCookie(installation)
    }

    private var keys: Answer {
        Answer(body: access.publishedKeys).adding("content-type", "application/jwk-set+json")
            .adding("cache-control", "public, max-age=300")
    }

    private func logIn(_ login: LoginRequest, _ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let proof = Proof(
            password: login.password, factor: login.factor, device: login.device ?? DeviceCookie.token(request))
        switch try accounts.check(login.login, proof, context) {
        case .refused: throw told(.invalidCredentials, as: "refused")
        case .throttled(let seconds): throw FunctionFailure.tooManyAttempts(retryAfter: seconds)
        case .proven(let proven): return try finish(proven, request, context)
        }
    }

    private func finish(_ proven: ProvenLogin, _ request: Request, _ context: Context) throws -> Answer {
        do {
            if proven.account.mustRenew(at: context.now) {
                throw told(.credentialsExpired(try accounts.allowRenewal(proven, context)), as: "proven")
            }
            let userAgent = request.invocation.header("user-agent") ?? ""
            let done = try accounts.logIn(proven, userAgent: userAgent, context)
            return Answer.json(json(proven, done, context)).keptSecret()
                .adding("set-cookie", cookie.field(done.deviceToken))
                .timing(Self.hashing, "proven", microseconds: accounts.sealer.hashTime)
        } catch AccountsError.overtaken {
            throw FunctionFailure.invalidCredentials
        }
    }

    /// The refusal, with how long the hash took, for the operator's figures.
    private func told(_ refusal: FunctionFailure, as outcome: String) -> FunctionFailure {
        refusal.timing(Self.hashing, outcome, microseconds: accounts.sealer.hashTime)
    }

    private func json(_ proven: ProvenLogin, _ done: CompletedLogin, _ context: Context) -> JSONValue {
        let token = access.token(for: done.session, recoveryCode: proven.factor.isRecoveryCode, context)
        let credentials = proven.account.credentials
        var answer = JSONObject([
            ("accessToken", .string(token)), ("tokenType", "Bearer"),
            ("expiresAt", .string(done.session.expiresAt.description)),
            ("deviceToken", .string(done.deviceToken.text)),
            (
                "account",
                [
                    "accountId": .string(proven.account.id.description), "login": .string(proven.account.login),
                    "roles": .array(proven.account.roles.map { .string($0.rawValue) }),
                ]
            ),
            (
                "credentials",
                [
                    "version": .integer(credentials.version), "expiresAt": .string(credentials.expiresAt.description),
                    "renewSoon": .bool(CredentialLife.renewSoon(expiresAt: credentials.expiresAt, now: context.now)),
                ]
            ),
        ])
        for member in done.renewal?.members ?? [] { answer.append(member.0, member.1) }
        return .object(answer)
    }
}
