package import Wire

/// What became of a call.
package enum CallOutcome: Equatable, Sendable {
    /// The function's answer.
    case reply(Reply)
    /// Too many calls wait already, or it waited too long; to be tried again after so many seconds.
    case overloaded(retryAfter: Int)
    /// The function takes no more calls at one time (`max_inflight`).
    case tooManyInFlight
    /// No answer had come at the deadline.
    case deadline
    /// The process ended before it answered.
    case died(ProcessEnd)
    /// The process broke the channel's rules.
    case fault(WorkerFault)
    /// No process can be started at the moment; to be tried again after so many seconds.
    case unavailable(retryAfter: Int)
}
