import AccountsAccess
import AccountsDomain
import AccountsIssuing
import AccountsStore
import Installation
import JSON
import Primitives
import Runtime
import Wire

/// Makes an account and answers its credentials, or a link to them, once.
@main
struct CreateAccount: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.create($1, $2) }
    ]

    private let accounts: Accounts
    private let registration: Registration
    private let cookie: DeviceCookie

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "create-account")
        accounts = try Accounts(installation)
        registration = try Registration(accounts)
        cookie = DeviceCookie(installation)
    }

    private func create(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let wanted = try request.content(as: AccountRequest.self)
        let maker = try registration.maker(request, context)
        let new = NewAccount(login: wanted.login, email: wanted.email, maker: maker)
        switch wanted.handout {
        case .inline: return try inline(new, context)
        case .link: return try link(new, asImage: prefersImage(request), context)
        }
    }

    private func inline(_ new: NewAccount, _ context: Context) throws -> Answer {
        let created = try accounts.create(new, context)
        return try CredentialAnswer(
            accountID: created.id, login: new.login.text, credentials: created.credentials, set: created.set,
            deviceToken: created.deviceToken
        ).answer(status: 201, cookie: cookie)
    }

    private func link(_ new: NewAccount, asImage: Bool, _ context: Context) throws -> Answer {
        let created = try accounts.createWithHandout(new, context)
        let handout = HandoutAnswer(created.handout, accounts.installation)
        if asImage {
            return Answer(status: 201, headers: [HeaderField("content-type", "image/png")], body: try handout.image())
                .keptSecret()
        }
        let document: JSONValue = [
            "accountId": .string(created.id.description), "login": .string(new.login.text),
            "handout": try handout.json(),
        ]
        return Answer.json(document, status: 201).keptSecret()
    }

    private func prefersImage(_ request: Request) -> Bool {
        let accepted = (request.invocation.header("accept") ?? "").split(separator: ",")
        return accepted.contains { $0.split(separator: ";")[0].filter { $0 != " " }.lowercased() == "image/png" }
    }
}
