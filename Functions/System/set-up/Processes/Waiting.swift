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
    func until(seconds: Int, beside watched: CInt = -1, _ condition: () -> Bool) throws(Failure) -> Bool {
        let start = Instant.now
        var ticks = 0
        while !condition() {
            let waited = Instant.now.milliseconds(since: start)
            if waited > seconds * 1000 { return false }
            if signals.wait(milliseconds: Self.pause, beside: watched) == .stop || parent.wantsEnd {
                throw .interrupted
            }
            if waited / Self.tick > ticks {
                ticks += 1
                progress.tick()
            }
        }
        return true
    }

    /// Waits until `condition` holds; false after `seconds`, or once somebody who wants the end insists.
    func untilForced(seconds: Int, _ condition: () -> Bool) -> Bool {
        (try? until(seconds: seconds, condition)) ?? condition()
    }

    /// Waits for the end of something: of a child (true) or, because somebody wants it, of everything (false).
    func forEnd(of children: () -> Bool) -> Bool {
        while !children() {
            if signals.wait(milliseconds: Self.tick) == .stop || parent.wantsEnd { return false }
        }
        return true
    }
}
