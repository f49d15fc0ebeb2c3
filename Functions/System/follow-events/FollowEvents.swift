import Events
import Installation
import JSON
import MongoDB
import Primitives
import Runtime

/// Tells the gateways what changes in the store, and owners of accounts of messages that they have not read.
@main
struct FollowEvents: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/next", reading: NextRequest.self) { try $0.next($1, $2, $3) },
        Route("POST", "/read", reading: ReadRequest.self) { try $0.read($1, $2, $3) },
        Route("POST", "/tell") { try $0.tell($1, $2) },
    ]

    /// Milliseconds for which a call waits for events.
    private static let patience = 2_000
    /// Seconds that are read back where no position is given.
    private static let memory: UInt32 = 300
    /// Events of one answer to `/read`.
    private static let mostRead = 20_000

    let installation: Installation
    private let maker: EventMaker
    private let teller: MessageTeller
    /// The stream of the last answer, which goes on where the next call asks for what follows.
    private var stream: EventStream?

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "follow-events")
        maker = EventMaker(installation)
        teller = MessageTeller(installation)
    }

    /// The events behind a position, as soon as there are any; without one, those of the last minutes at once.
    private mutating func next(_ asked: NextRequest, _ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.client.limit(milliseconds: nil)
        let kept = stream.take()
        do throws(MongoError) {
            let stream = try going(kept, after: asked.after)
            let from = stream.position
            let events = try maker.events(of: stream.next(waiting: asked.after == nil ? 1 : Self.patience))
            self.stream = stream
            return Self.answer(events, from: from, to: stream.position)
        } catch {
            guard ChangeStream.isLost(error) else { throw error }
            let now = try EventClock.now(installation)
            return Self.answer([], from: now, to: now, isReset: true)
        }
    }

    private func going(
        _ kept: EventStream?, after position: EventPosition?
    ) throws(MongoError) -> EventStream {
        if let kept, kept.position == position { return kept }
        return try begun(after: position)
    }

    /// Where the store does not reach back so far, what it has.
    private func begun(after position: EventPosition?) throws(MongoError) -> EventStream {
        if let position { return try EventStream(installation, after: position) }
        let now = try EventClock.now(installation)
        let past = EventPosition(
            seconds: now.seconds - min(now.seconds, Self.memory), increment: 0, index: 0)
        do throws(MongoError) {
            return try EventStream(installation, after: past)
        } catch {
            guard ChangeStream.isLost(error) else { throw error }
            return try EventStream(installation, after: now)
        }
    }

    /// All events between two positions; `isWhole` is false where they are too many, or not kept any more.
    private mutating func read(_ asked: ReadRequest, _ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.client.limit(milliseconds: nil)
        let end = ContinuousClock.now + .milliseconds(min(5_000, (context.millisecondsLeft ?? 5_000) / 2))
        do {
            let stream = try EventStream(installation, after: asked.after)
            var events: [Event] = []
            while stream.position < asked.before, events.count <= Self.mostRead, ContinuousClock.now < end {
                events += try maker.events(of: stream.next(waiting: 200)).filter { $0.position <= asked.before }
            }
            let isWhole = stream.position >= asked.before && events.count <= Self.mostRead
            return Self.answer(
                isWhole ? events : [], from: asked.after, to: asked.before, isReset: !isWhole)
        } catch {
            guard ChangeStream.isLost(error) else { throw error }
            return Self.answer([], from: asked.after, to: asked.before, isReset: true)
        }
    }

    /// Called by the schedule.
    private mutating func tell(_ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.client.limit(milliseconds: nil)
        let told = try teller.tell(context)
        return Answer.json(["told": .integer(Int64(told))])
    }

    private static func answer(
        _ events: [Event], from start: EventPosition, to end: EventPosition, isReset: Bool = false
    ) -> Answer {
        Answer.json([
            "events": .array(events.map(\.json)), "from": .string(start.description),
            "position": .string(end.description), "reset": .bool(isReset),
        ])
    }
}
