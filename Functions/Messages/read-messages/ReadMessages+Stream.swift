import AccountsAccess
import Events
import Installation
import MessagesStore
import PlayersRelations
import Primitives
import Runtime
import Wire

extension ReadMessages {
    /// Seconds after which a stream ends and its reader comes again, so that it never lists communities that lie long
    /// behind.
    private static let longestStream = 3600
    /// Seconds that a member of the cluster may be behind another one.
    private static let mostBehind: UInt32 = 60

    /// Begins a stream of server-sent events, which the gateway holds: behind `Last-Event-ID`, or from now on.
    ///
    /// The position is taken before it is looked at who may listen to what: whatever changes that lies behind it.
    func stream(_ request: Request, _ context: Context) throws -> Answer {
        let resumed = try Self.lastEvent(request)
        _ = try caller(request, context)
        let now = try EventClock.now(messages.installation)
        let caller = try caller(request, context)
        let communities = try messages.relations.communities(of: caller.accountID, at: context.now).map {
            EventChannel.community(Target.community($0).conversationID)
        }
        let own = [EventChannel.session(caller.sessionID), EventChannel.account(caller.accountID)]
        let isAhead = resumed.map { $0.seconds > now.seconds + Self.mostBehind } ?? false
        let start = isAhead ? now : resumed ?? now
        let body = "retry: 1000\n\n" + (isAhead ? "event: reset\nid: \(now)\ndata: {}\n\n" : "")
        return Answer(body: Array(body.utf8)).adding("content-type", "text/event-stream")
            .adding("cache-control", "no-store").adding("x-accel-buffering", "no")
            .held(
                .stream, for: own + communities, after: start, checked: now,
                seconds: min(Self.longestStream, caller.secondsLeft(context)))
    }

    private static func lastEvent(_ request: Request) throws(FunctionFailure) -> EventPosition? {
        guard let text = request.invocation.header("last-event-id"), !text.isEmpty else { return nil }
        guard let position = EventPosition(parsing: text) else {
            throw .invalidRequest(detail: "The field Last-Event-ID holds no id of this stream's events.")
        }
        return position
    }
}
