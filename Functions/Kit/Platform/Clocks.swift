import Glibc
public import Primitives

/// Tells the time of day.
public protocol WallClock: Sendable {
    /// The present instant.
    var now: Timestamp { get }
}

/// The system's time of day (`CLOCK_REALTIME`).
public struct SystemClock: WallClock {
    /// Makes the clock; all are alike.
    public init() {}

    /// The present instant, to the millisecond.
    public var now: Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// An instant on the system's monotonic clock, the same in every process of the machine.
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    public let nanoseconds: UInt64

    /// Takes a reading of the clock made elsewhere.
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// The present instant.
    public static var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    /// The instant `milliseconds` later.
    public func adding(milliseconds: Int) -> Instant {
        Instant(nanoseconds: nanoseconds &+ UInt64(max(0, milliseconds)) &* 1_000_000)
    }

    /// Milliseconds from `earlier` to this one, 0 where this one is not later.
    public func milliseconds(since earlier: Instant) -> Int {
        nanoseconds > earlier.nanoseconds ? Int((nanoseconds - earlier.nanoseconds) / 1_000_000) : 0
    }

    /// Earlier first.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
