import GatewayEventLoop
import JSON
import Primitives

/// Asks the function `follow-events` for what happens in the store, over and over, while somebody listens.
final class EventFollower {
    private static let name = "follow-events"
    /// Milliseconds before the next try where one failed.
    private static let pause = 250

    private let loop: EventLoop
    private let log: GatewayLog
    private let caller: InternalCaller
    private let find: (String) -> FunctionEntry?
    /// Told of each answer; says whether to go on.
    var onBatch: (EventBatch) -> Bool = { _ in false }
    private var run = 0
    private var isRunning = false
    private var hasFailed = false

    init(
        loop: EventLoop, log: GatewayLog, caller: InternalCaller, find: @escaping (String) -> FunctionEntry?
    ) {
        self.loop = loop
        self.log = log
        self.caller = caller
        self.find = find
    }

    /// True where there is a function to ask.
    var canFollow: Bool { find(Self.name) != nil }

    /// Begins with the events of the last minutes; does nothing where it has begun.
    func start() {
        guard !isRunning else { return }
        isRunning = true
        run += 1
        ask(after: nil, run)
    }

    /// Asks no more; an answer that is under way is dropped.
    func stop() {
        isRunning = false
        run += 1
    }

    /// Asks once for what lies between two positions; `nil` where no answer came.
    func read(after: EventPosition, before: EventPosition, _ done: @escaping (EventBatch?) -> Void) {
        guard let entry = find(Self.name) else { return done(nil) }
        let body: JSONValue = ["after": .string(after.description), "before": .string(before.description)]
        caller.call(entry, "POST", "/read", body: body.text) { done(EventBatch($0)) }
    }

    private func ask(after position: EventPosition?, _ number: Int) {
        guard number == run else { return }
        guard let entry = find(Self.name) else { return tryAgain(after: position, number) }
        let asked = JSONObject(position.map { [("after", .string($0.description))] } ?? [])
        caller.call(entry, "POST", "/next", body: JSONValue.object(asked).text) { [weak self] reply in
            guard let self, number == run else { return }
            guard let batch = EventBatch(reply) else { return tryAgain(after: position, number) }
            tell(isFailing: false)
            if onBatch(batch) { ask(after: batch.end, number) } else if number == run { stop() }
        }
    }

    private func tryAgain(after position: EventPosition?, _ number: Int) {
        tell(isFailing: true)
        loop.after(milliseconds: Self.pause) { [weak self] in self?.ask(after: position, number) }
    }

    private func tell(isFailing: Bool) {
        guard isFailing != hasFailed else { return }
        hasFailed = isFailing
        log.say(isFailing ? "events.interrupted" : "events.resumed")
    }
}
