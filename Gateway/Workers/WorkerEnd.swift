/// What a warm process leaves when it ends.
struct WorkerEnd {
    let end: ProcessEnd
    /// The calls that it was given and has not answered, in order; it cannot have begun any but the first.
    let calls: [PendingCall]
    /// Whether it may have begun the first of them.
    let begunFirst: Bool
    /// True where it ended without having read a call.
    let failedToStart: Bool
}
