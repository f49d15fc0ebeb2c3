/// Where workers' own lines and what becomes of workers are written; called on the loop's thread, must not block.
package protocol WorkerLog: AnyObject {
    /// A line that a function wrote on its standard error, without its end.
    func wrote(_ line: ArraySlice<UInt8>, function: String, process: Int32)

    /// Something that happened to a worker.
    func happened(_ event: WorkerEvent, function: String, process: Int32)
}

/// What can happen to a worker.
package enum WorkerEvent: Equatable, Sendable {
    /// It was started.
    case started
    /// It ended; `expected` where the gateway had asked it to.
    case ended(ProcessEnd, expected: Bool)
    /// It could not be started: the system's words.
    case startFailed(String)
    /// It was stopped at a call's deadline.
    case stoppedAtDeadline
    /// It was stopped because it broke the channel's rules.
    case stoppedForFault(WorkerFault)
    /// Processes that it left behind were stopped.
    case strayStopped
    /// It wrote more lines than are kept; that many were dropped.
    case linesDropped(Int)
}

/// How a worker can break the channel's rules.
package enum WorkerFault: String, Equatable, Sendable {
    /// What it wrote is no frame.
    case garbled
    /// Its answer is longer than the function may answer.
    case tooLarge
    /// It wrote without having been asked.
    case unasked
    /// It closed its side and went on.
    case hungUp
}
