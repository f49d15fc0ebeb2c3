/// How many processes of a function were started, and how they ended.
package struct ProcessFigures: Equatable, Sendable {
    /// Processes that were started.
    package internal(set) var started = 0
    /// Those that left in order: they were let go, or had nothing more to do.
    package private(set) var left = 0
    /// Those that the gateway stopped or killed: at a deadline, or because they broke the rules.
    package private(set) var stopped = 0
    /// Those that ended by themselves with an error, or by a signal that was not the gateway's.
    package private(set) var failed = 0

    /// Nothing counted yet.
    package init() {}

    /// Counts a process that is gone.
    mutating func count(_ process: ChildProcess) {
        if process.wasStopped {
            stopped += 1
        } else if process.end == .status(0) {
            left += 1
        } else {
            failed += 1
        }
    }
}
