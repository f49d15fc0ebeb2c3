import AccountsAccess
import Installation
import JSON
import MessagesDomain
import MessagesStore
import PlayersRelations
import Primitives
import Runtime

/// Takes a message to a teammate or to a community.
@main
struct SendMessage: BearerFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.send($1, $2) }
    ]

    let messages: Messages
    let brakes: SendBrakes
    var access: Access { messages.access }

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "send-message")
        let memory = SendMemory(environment)
        brakes = try SendBrakes(installation, memory)
        messages = Messages(installation, try Access(installation), memory)
    }

    /// Whether all messages that were answered for are there for good.
    var isSettled: Bool { messages.isSettled }

    func settle() throws {
        try messages.settle()
    }

    func send(_ request: Request, _ context: Context) throws -> Answer {
        try messages.begin(context)
        let bearer = try access.bearer(request, context)
        // Whether the content is one is only said to those whose session lasts.
        let content = Result { try request.content(as: NewMessage.self) }
        let (caller, ahead) = try messages.caller(bearer, writingTo: try? content.get().address, context)
        let wanted = try content.get()
        let message = Outgoing(
            sender: caller.accountID, address: wanted.address, text: wanted.text,
            clientMessageID: wanted.clientMessageID)
        switch try messages.send(message, ahead, brakes, context) {
        case .sent(let receipt): return Self.answer(receipt, 201)
        case .repeated(let receipt): return Self.answer(receipt, 200)
        case .idTaken: throw FunctionFailure.idTaken
        case .notMatched: throw FunctionFailure.notMatched
        case .tooFast(let seconds): throw FunctionFailure.rateLimited(retryAfter: seconds)
        }
    }

    private static func answer(_ receipt: Receipt, _ status: UInt16) -> Answer {
        Answer.json(
            [
                "messageId": .string(receipt.messageID.description),
                "conversationId": .string(receipt.conversation.description), "seq": .integer(receipt.seq),
                "sentAt": .string(receipt.sentAt.description),
            ], status: status
        ).adding("cache-control", "no-store")
    }
}

extension FunctionFailure {
    fileprivate static let notMatched = FunctionFailure(
        403, "not-matched", title: "Not matched",
        detail: "Messages go to teammates, and to communities of games in your library.")

    fileprivate static let idTaken = FunctionFailure(
        409, "conflict", title: "Conflict", detail: "This clientMessageId was used for another message.")

    fileprivate static func rateLimited(retryAfter seconds: Int64) -> FunctionFailure {
        FunctionFailure(
            429, "rate-limited", title: "Too many messages", detail: "Wait before you send the next one.",
            headers: ["retry-after": String(seconds)])
    }
}
