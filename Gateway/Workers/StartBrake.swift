import Platform

/// Holds back new starts after processes that ended before they read anything: at once, then 100 ms doubling to 10 s.
struct StartBrake {
    private var failures = 0
    private var next = Instant(nanoseconds: 0)

    /// Milliseconds until a process may be started; 0 for now.
    func wait(at now: Instant) -> Int {
        next > now ? max(1, next.milliseconds(since: now)) : 0
    }

    /// Milliseconds to wait after this failure.
    mutating func failed(at now: Instant) -> Int {
        failures += 1
        guard failures > 1 else { return 0 }
        let delay = min(10_000, 50 << min(failures - 1, 10))
        next = now.adding(milliseconds: delay)
        return delay
    }

    mutating func succeeded() {
        failures = 0
        next = Instant(nanoseconds: 0)
    }
}
