import Glibc

/// Counts attempts, and waits a little longer, at random, before each next one.
struct Attempts {
    private static let longestPause = Duration.milliseconds(100)
    private let end: ContinuousClock.Instant
    private var pause = Duration.milliseconds(2)

    init(until end: ContinuousClock.Instant) {
        self.end = end
    }

    /// Waits; `false` where there is no time for another attempt.
    mutating func mayGoOn() -> Bool {
        let wait = pause * Double.random(in: 0.5...1)
        guard ContinuousClock.now + wait < end else { return false }
        usleep(UInt32(wait / .microseconds(1)))
        pause = min(pause * 1.6, Self.longestPause)
        return true
    }
}
