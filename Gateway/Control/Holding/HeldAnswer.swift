import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Platform
import Primitives
import Wire

/// An answer that waits for news: on an event the function is called again, at the end it is given as it was.
final class HeldAnswer: Hold, CallOwner {
    private(set) var channels: [String]
    private(set) var position: EventPosition
    let deadline: Instant
    private let loop: EventLoop
    private let call: HeldCall
    private var response: Response
    private let answer: PendingAnswer
    private let again: (HeldAnswer) -> Void
    private var isAsking = false

    /// `again` is told when it waits once more, for other events.
    init(
        _ hold: GripHold, _ call: HeldCall, _ response: Response, _ answer: PendingAnswer, loop: EventLoop,
        again: @escaping (HeldAnswer) -> Void
    ) {
        channels = hold.channels
        position = hold.position
        deadline = loop.now.adding(milliseconds: hold.seconds * 1000)
        self.call = call
        self.response = response
        self.answer = answer
        self.loop = loop
        self.again = again
        loop.after(milliseconds: hold.seconds * 1000) { [weak self] in self?.finish() }
    }

    var isOver: Bool { answer.isClientGone }
    var isGone: Bool { answer.isClientGone }

    func take(_ event: LiveEvent) {
        guard event.position > position, event.concerns(channels), !isAsking, !isOver else { return }
        ask()
    }

    func skip(to position: EventPosition) {
        guard !isAsking, !isOver else { return }
        ask()
    }

    func idle(at position: EventPosition) {}

    func finish() {
        answer.answer(response)
    }

    func completed(_ outcome: consuming CallOutcome) {
        isAsking = false
        guard case .reply(let reply) = outcome, reply.status < 500 else { return finish() }
        call.metrics.take(reply)
        response = call.response(reply)
        guard reply.status == 200, let hold = GripHold(reply), hold.mode == .response else { return finish() }
        channels = hold.channels
        position = hold.position
        again(self)
    }

    private func ask() {
        isAsking = true
        call.entry.pool.call(
            PendingCall(
                frame: call.frame, timeout: call.entry.definition.settings.execTimeout, arrived: loop.now,
                owner: self))
    }
}
