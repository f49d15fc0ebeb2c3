import GatewayEventLoop
import GatewayHTTP
import Platform
import Primitives

/// The calls that are held open, and the latest events, so that nothing falls between a function's answer and the
/// moment from which its caller is told: events count by their order, never by when they arrive.
final class Holds {
    /// Milliseconds for which events are followed after the last hold.
    private static let afterglow = 30_000
    /// Seconds between two signs of life on a quiet stream.
    private static let keepAlive: UInt = 15
    /// Holds that may share the channel that is named first.
    private static let mostEach = 32

    private let loop: EventLoop
    private let follower: EventFollower
    private var window: EventWindow?
    /// Holds by channel.
    private var listening: [String: [ObjectIdentifier: any Hold]] = [:]
    /// Holds by themselves, with the channels under which they are found.
    private var held: [ObjectIdentifier: (hold: any Hold, channels: [String])] = [:]
    /// Holds that wait for the first events, or for older ones.
    private var waiting: [any Hold] = []
    private var isReading = false
    private var isTicking = false
    private var isStopped = false
    private var ticks: UInt = 0
    private var lastHold: Instant

    init(loop: EventLoop, follower: EventFollower) {
        self.loop = loop
        self.follower = follower
        lastHold = loop.now
        follower.onBatch = { [weak self] batch in self?.take(batch) ?? false }
    }

    /// How many calls are held.
    var count: Int { held.count + waiting.count }

    /// Holds a call as its function asks; where that cannot be, answers it as it is, or refuses a stream.
    func hold(_ hold: GripHold, _ call: HeldCall, _ response: Response, _ answer: PendingAnswer) {
        let isFull = hold.channels.first.flatMap { listening[$0]?.count } ?? 0 >= Self.mostEach
        let canHold = !isStopped && follower.canFollow && !isFull
        switch hold.mode {
        case .response where !canHold: answer.answer(response)
        case .response:
            add(HeldAnswer(hold, call, response, answer, loop: loop) { [weak self] in self?.renew($0) })
        case .stream where !canHold:
            let problem = isFull ? Problem.tooManyInFlight : .unavailable(retryAfter: 1)
            answer.answer(problem.response(callID: response.note))
        case .stream:
            guard let stream = answer.stream(response) else { return }
            stream.write(LiveEvent.mark(hold.position))
            add(HeldStream(hold, stream, until: loop.now.adding(milliseconds: hold.seconds * 1000)))
        }
    }

    /// Ends every hold in an orderly way, and holds nothing any more.
    func stop() {
        isStopped = true
        let all = held.values.map(\.hold) + waiting
        held = [:]
        listening = [:]
        waiting = []
        for hold in all { hold.finish() }
        follower.stop()
    }

    private func add(_ hold: any Hold) {
        lastHold = loop.now
        waiting.append(hold)
        tick()
        follower.start()
        settle()
    }

    /// An answer waits once more.
    private func renew(_ hold: HeldAnswer) {
        forget(ObjectIdentifier(hold))
        if isStopped { hold.finish() } else { add(hold) }
    }
}

// MARK: - Events

extension Holds {
    /// Takes what has happened; false where nobody wants to know any more.
    private func take(_ batch: EventBatch) -> Bool {
        let now = loop.now
        if batch.isReset || window == nil {
            let isReset = batch.isReset && window != nil
            window = EventWindow(from: batch.start)
            window?.append(batch, at: now)
            if isReset { for (hold, _) in held.values { hold.skip(to: batch.end) } }
        } else {
            window?.append(batch, at: now)
            for event in batch.events { dispatch(event) }
        }
        settle()
        guard held.isEmpty, waiting.isEmpty, now.milliseconds(since: lastHold) > Self.afterglow else { return true }
        window = nil
        return false
    }

    private func dispatch(_ event: LiveEvent) {
        for channel in event.channels {
            guard let listeners = listening[channel] else { continue }
            for (id, hold) in listeners {
                hold.take(event)
                if hold.isOver { forget(id) }
            }
        }
    }

    /// Gives holds that wait what they have missed; those that lack older events wait for these.
    private func settle() {
        guard let window, !waiting.isEmpty else { return }
        let ready = waiting.filter { $0.position >= window.floor }
        waiting.removeAll { $0.position >= window.floor || $0.isOver }
        for hold in ready { listen(hold, window) }
        readOlder()
    }

    private func listen(_ hold: any Hold, _ window: EventWindow) {
        let channels = hold.channels
        for event in window.events(after: hold.position, on: channels) { hold.take(event) }
        guard !hold.isOver, !isStopped else { return }
        let id = ObjectIdentifier(hold)
        held[id] = (hold, channels)
        for channel in channels { listening[channel, default: [:]][id] = hold }
    }

    /// One read serves all who lack older events.
    private func readOlder() {
        guard !isReading, let window, let oldest = waiting.map(\.position).min() else { return }
        isReading = true
        follower.read(after: oldest, before: window.floor) { [weak self] batch in
            guard let self else { return }
            isReading = false
            guard let batch else { return readOlderLater() }
            guard !batch.isReset else { return skipOlder() }
            self.window?.prepend(batch)
            settle()
        }
    }

    private func readOlderLater() {
        loop.after(milliseconds: 250) { [weak self] in self?.settle() }
    }

    private func skipOlder() {
        guard let window else { return }
        let lacking = waiting.filter { $0.position < window.floor }
        waiting.removeAll { $0.position < window.floor }
        for hold in lacking {
            hold.skip(to: window.position)
            listen(hold, window)
        }
    }

    private func forget(_ id: ObjectIdentifier) {
        guard let (_, channels) = held.removeValue(forKey: id) else { return }
        lastHold = loop.now
        for channel in channels {
            listening[channel]?[id] = nil
            if listening[channel]?.isEmpty == true { listening[channel] = nil }
        }
    }
}

// MARK: - Time

extension Holds {
    private func tick() {
        guard !isTicking else { return }
        isTicking = true
        loop.every(milliseconds: 1_000) { [weak self] in self?.turn() ?? false }
    }

    /// Lets go what is over, and shows quiet streams that they live, a part of them each second.
    private func turn() -> Bool {
        ticks += 1
        waiting.removeAll(where: \.isOver)
        for (id, (hold, _)) in held {
            if hold.deadline <= loop.now { hold.finish() }
            if !hold.isOver, id.hashValue.magnitude % Self.keepAlive == ticks % Self.keepAlive, let window {
                hold.idle(at: window.position)
            }
            if hold.isOver { forget(id) }
        }
        isTicking = !isStopped && count > 0
        return isTicking
    }
}
