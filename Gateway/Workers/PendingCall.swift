package import Platform

/// Who asked for a call; told of its outcome once, on the loop's thread.
package protocol CallOwner: AnyObject {
    /// True where nobody waits for the outcome any more: a call that has not begun is then dropped.
    var isGone: Bool { get }

    /// Takes the outcome.
    func completed(_ outcome: consuming CallOutcome)
}

/// A call on its way through a pool.
package final class PendingCall {
    /// The invocation as a frame; its deadline is set when a worker takes it.
    var frame: [UInt8]
    /// Milliseconds for which it may run; 0 for no limit.
    let timeout: Int
    let arrived: Instant
    /// When its answer must be there; `nil` while it waits, or where there is no limit.
    var deadline: Instant?
    /// How many workers were given it.
    var attempts = 0
    private var owner: (any CallOwner)?

    /// Makes a call.
    package init(frame: consuming [UInt8], timeout: Int, arrived: Instant, owner: any CallOwner) {
        self.frame = frame
        self.timeout = timeout
        self.arrived = arrived
        self.owner = owner
    }

    var isGone: Bool { owner?.isGone ?? true }

    func complete(_ outcome: consuming CallOutcome) {
        owner.take()?.completed(outcome)
    }
}
