import Platform

/// The request that a connection is busy with, and what of its answer is known.
struct OpenExchange {
    /// Counts the connection's requests; a responder of an earlier one finds its number gone.
    var turn: UInt64 = 0
    /// `nil` where the request could not be read.
    var head: RequestHead?
    var startedAt = Instant(nanoseconds: 0)
    /// An answer that waits until the content that nobody wants has been dropped.
    var refusal: Response?
    var times = RequestTimes()
    var contentBytes = 0
    var status = 499
    var bytesSent = 0
    var note = ""
    var framing = ResponseFraming()

    mutating func begin(_ head: RequestHead?, at now: Instant) {
        self.head = head
        turn += 1
        startedAt = now
        refusal = nil
        times = RequestTimes()
        contentBytes = 0
        status = 499
        bytesSent = 0
        note = ""
        framing = ResponseFraming(isHead: head?.method == "HEAD", isHTTP10: head?.isHTTP10 ?? false)
    }
}
