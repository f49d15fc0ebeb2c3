package import Wire

/// Where invocations come from and replies go: one process for each call, or a worker that is kept warm.
package protocol InvocationSource: ~Copyable {
    /// Waits for the next invocation; `nil` once there will be none.
    mutating func next() throws(SourceFailure) -> Invocation?

    /// Sends the replies to the invocations that `next()` gave and that have none yet, in their order.
    mutating func send(_ replies: [Reply]) throws(SourceFailure)

    /// The invocations behind the one that `next()` gave last.
    var waiting: WaitingCalls { get }
}

/// Why invocations can no longer be read or answered.
package enum SourceFailure: Error {
    /// The content is longer than `max_body`; it can still be answered.
    case tooLarge
    /// What was read is not an invocation, or the other side is gone.
    case broken(String)
}
