package import Wire

/// One frame of a warm worker's channel: the process was started, and the function set up, before there was a call.
package struct StartedAheadSource: ~Copyable, InvocationSource {
    private var frames: WarmSource
    private var isUsed = false

    package init(_ frames: consuming WarmSource) {
        self.frames = frames
    }

    package mutating func next() throws(SourceFailure) -> Invocation? {
        guard !isUsed else { return nil }
        isUsed = true
        return try frames.next()
    }

    package var waiting: WaitingCalls { .none }

    package mutating func send(_ replies: [Reply]) throws(SourceFailure) {
        try frames.send(replies)
    }
}
