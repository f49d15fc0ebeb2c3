import AccountsAccess
import Installation
import MessageRecords
import MessagesDomain
import MessagesStore
import Primitives
import Runtime

/// Shows conversations, communities and their messages, and keeps what is read, deleted and hidden.
@main
struct ReadMessages: BearerFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/", parameters: Page.parameters) { try $0.conversations($1, $2) },
        Route("GET", "/communities", parameters: Page.parameters) { try $0.communities($1, $2) },
        Route("GET", "/communities/{gameId}/members", parameters: Page.parameters) { try $0.members($1, $2) },
        Route("GET", "/stream") { try $0.stream($1, $2) },
        Route("GET", "/notifications", parameters: Page.parameters.union([Wait.parameter])) {
            try $0.notifications($1, $2)
        },
        Route("POST", "/notifications/read") { try $0.readNotifications($1, $2) },
        Route("GET", "/{conversationId}", parameters: HistoryRange.parameters.union([Wait.parameter])) {
            try $0.history($1, $2)
        },
        Route("POST", "/{conversationId}/read") { try $0.read($1, $2) },
        Route("POST", "/erasures/run", isOpen: true) { try $0.finishErasures($1, $2) },
        Route("DELETE", "/{conversationId}/{seq}") { try $0.delete($1, $2) },
    ]

    let messages: Messages
    var access: Access { messages.access }

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "read-messages")
        messages = Messages(installation, try Access(installation))
    }

    /// Who is calling; 401 without a valid token.
    func caller(_ request: Request, _ context: Context) throws -> Caller {
        try messages.begin(context)
        return try access.caller(request, context)
    }

    /// The conversation that the path names, as the caller sees it; 404 where there is none for him.
    func view(_ request: Request, by viewer: UniqueID, _ context: Context) throws -> ConversationView {
        guard let id = UniqueID(parsing: request.captures["conversationId"] ?? ""),
            let view = try messages.view(id, by: viewer, at: context.now)
        else { throw FunctionFailure.notFound }
        return view
    }

    /// Goes on with what erasures of accounts have left; the schedule alone may ask for it.
    private func finishErasures(_ request: Request, _ context: Context) throws -> Answer {
        try messages.begin(context)
        try messages.installation.requireInternal(request, context)
        try AccountMessages(messages.installation).finish(at: context.now)
        return .noContent
    }
}
