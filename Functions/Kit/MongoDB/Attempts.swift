import Glibc

/// Counts attempts, and waits a little longer, at random, before each next one.
struct Attempts {
    private static let longestPause = Duration.milliseconds(100)
    private let end: ContinuousClock.Instant
    /// When a server that is away is waited for no longer.
    private let serverEnd = ContinuousClock.now + .milliseconds(MongoClient.patience)
    private var pause = Duration.milliseconds(2)

    init(until end: ContinuousClock.Instant) {
        self.end = end
    }

    /// Waits; `false` where another attempt would not help or there is no time for one.
    mutating func mayGoOn(after setback: Setback?) -> Bool {
        guard let setback else { return false }
        let wait = pause * Double.random(in: 0.5...1)
        guard ContinuousClock.now + wait < (setback == .disconnected ? min(end, serverEnd) : end) else { return false }
        usleep(UInt32(wait / .microseconds(1)))
        pause = min(pause * 1.6, Self.longestPause)
        return true
    }
}
