import GatewayWorkers
import Wire

/// A call that the gateway makes by itself; its mark in the frame is one that no request from outside can set.
final class InternalCall: CallOwner {
    private let done: (Reply?) -> Void
    let isGone = false

    /// `done` gets the answer, or `nil` where there was none.
    init(_ done: @escaping (Reply?) -> Void) {
        self.done = done
    }

    func completed(_ outcome: consuming CallOutcome) {
        if case .reply(let reply) = outcome { done(reply) } else { done(nil) }
    }
}
