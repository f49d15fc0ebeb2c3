import Platform

/// Waits for things, ready to be told to stop.
final class Waiting {
    private let signals: Signals
    private let parent = ParentWatch()
    private let progress: Progress
    private static let pause = 10
    private static let tick = 1000

    init(signals: consuming Signals, progress: Progress) {
        self.signals = signals
        self.progress = progress
    }

    /// Waits until `condition` holds; false after `seconds`. Throws `.interrupted` once somebody wants the end.
    func until(
        seconds: Int, beside watched: CInt = -1, _ condition: () throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let start = Instant.now
        var ticks = 0
        while try !condition() {
            let waited = Instant.now.milliseconds(since: start)
            if waited > seconds * 1000 { return false }
            if signals.wait(milliseconds: Self.pause, beside: watched) == .stop { throw .interrupted }
            if waited / Self.tick > ticks {
                ticks += 1
                progress.tick()
                if parent.wasInterrupted() { throw .interrupted }
            }
        }
        return true
    }

    /// Waits until `condition` holds; false after `seconds`, or once somebody who wants the end insists.
    func patiently(seconds: Int, _ condition: () -> Bool) -> Bool {
        (try? until(seconds: seconds, condition)) ?? condition()
    }

    /// Waits until `condition` holds, which is looked at whenever a child ends; false once somebody wants the end.
    func serving(until condition: () -> Bool) -> Bool {
        while !condition() {
            if signals.wait(milliseconds: Self.tick) == .stop || parent.wasInterrupted() { return false }
        }
        return true
    }
}
