public import Primitives

/// How often something may be done: one each `interval`, and `burst` of them at once after a rest.
///
/// What is kept is one instant: until when what was done has used its time up (the generic cell rate algorithm).
public struct SendRate: Hashable, Sendable {
    /// The time that one takes.
    public let interval: Duration
    /// How many may be done at once.
    public let burst: Int

    /// Takes both as they are.
    public init(interval: Duration, burst: Int) {
        self.interval = interval
        self.burst = burst
    }

    /// So many in a period, all at once if need be.
    public init(_ count: Int, in period: Duration) {
        self.init(interval: period / max(1, count), burst: max(1, count))
    }

    /// Another may be done at `now` where the time is used up until this instant at most.
    public func latest(at now: Timestamp) -> Timestamp {
        now.adding(interval * (burst - 1))
    }

    /// Until when the time is used up once another was done.
    public func next(after used: Timestamp?, at now: Timestamp) -> Timestamp {
        max(used ?? now, now).adding(interval)
    }

    /// Seconds until another may be done, at least 1.
    public func wait(after used: Timestamp, at now: Timestamp) -> Int64 {
        max(1, (used.milliseconds - latest(at: now).milliseconds + 999) / 1000)
    }
}
