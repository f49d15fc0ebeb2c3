import AccountsStore
import HTTPClient
import Installation
import JSON
import Primitives
import Runtime

/// Sends what people outside should be told, to a webhook and by mail; called by the schedule every few seconds.
@main
struct SendNotices: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.send($1, $2) }
    ]

    private let installation: Installation
    private let accounts: Accounts
    private let webhook: Webhook?
    private let postman: Postman?

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "send-notices")
        accounts = try Accounts(installation)
        webhook = try Webhook(installation)
        postman = try Postman(accounts)
    }

    private func send(_ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.begin(context)
        var round = DeliveryRound(accounts.notices, webhook, postman, context)
        while round.mayGoOn, let notice = try accounts.notices.take(at: context.now) {
            try round.deliver(notice)
        }
        return round.answer
    }
}
