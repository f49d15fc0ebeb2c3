public import Platform
public import Primitives

/// What surrounds one call.
public struct Context: Sendable {
    /// Names the call.
    public let callID: String
    /// The caller's address, as the gateway believes it.
    public let clientAddress: String
    /// When the answer must be there; `nil` where there is no limit.
    public let deadline: Instant?
    /// True where the gateway itself calls.
    public let isInternal: Bool
    /// The time of day.
    public let clock: any WallClock
    /// Where random bytes come from.
    public let random: any RandomSource
    /// Where to say what the operator should know.
    public let log: Log
    /// The calls that come after this one.
    public let waiting: WaitingCalls

    /// Puts a call's surroundings together.
    public init(
        callID: String, clientAddress: String, deadline: Instant? = nil, isInternal: Bool = false,
        clock: any WallClock, random: any RandomSource, log: Log, waiting: WaitingCalls = .none
    ) {
        self.callID = callID
        self.clientAddress = clientAddress
        self.deadline = deadline
        self.isInternal = isInternal
        self.clock = clock
        self.random = random
        self.log = log
        self.waiting = waiting
    }

    /// The present instant.
    public var now: Timestamp {
        clock.now
    }

    /// Milliseconds until the deadline, at least 1; `nil` where there is none.
    public var millisecondsLeft: Int? {
        deadline.map { max(1, $0.milliseconds(since: .now)) }
    }
}
