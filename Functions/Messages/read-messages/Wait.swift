import AccountsAccess
import Events
import Installation
import Primitives
import Runtime

/// That the caller would rather wait for news than be told that there are none.
struct Wait {
    /// The query's parameter.
    static let parameter = "wait"
    private static let longest = 25

    private let seconds: Int
    /// What is read after this was made has seen everything up to here.
    private let position: EventPosition

    /// Reads the request's parameter, before anything else is read from the store; `nil` where it is not there, or 0.
    init?(_ request: Request, _ installation: Installation) throws {
        guard let text = request.parameters[Self.parameter] else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let seconds = Int(text), seconds <= Self.longest else {
            throw FunctionFailure.invalidRequest(
                detail: "The parameter wait must be a whole number from 0 to \(Self.longest).")
        }
        guard seconds > 0 else { return nil }
        self.seconds = seconds
        position = try EventClock.now(installation)
    }

    /// The answer that says that there is nothing new, held until there may be: for what concerns the caller, his
    /// session's end, and a community where one is meant.
    func held(_ answer: Answer, for caller: Caller, community: UniqueID? = nil, _ context: Context) -> Answer {
        let channels = [EventChannel.session(caller.sessionID), EventChannel.account(caller.accountID)]
        return answer.held(
            .response, for: channels + (community.map { [EventChannel.community($0)] } ?? []), after: position,
            checked: position, seconds: min(seconds, caller.secondsLeft(context)))
    }
}

extension Caller {
    /// Seconds until the session ends by itself.
    func secondsLeft(_ context: Context) -> Int {
        Int(max(1, endsAt.seconds - context.now.seconds))
    }
}
