import Platform
import Wire

/// Replies that wait until what they say is settled, in the order of their calls.
struct HeldReplies {
    private struct Held {
        let invocation: Invocation?
        var reply: Reply
        let isSettled: Bool
    }

    /// How many are held at most, so that the first does not wait for long.
    private static let most = 16
    /// For how many milliseconds the first is held while others come.
    private static let longest = 20
    /// By how many milliseconds they are to be sent before the first's deadline.
    private static let margin = 100
    private var replies: [Held] = []
    private var since = Instant.now
    /// By when a call behind them has to be answered, so that none of them is late; `nil` where there is no limit.
    private(set) var deadline: Instant?

    var isEmpty: Bool { replies.isEmpty }
    /// Whether no more should be waited for.
    var areDue: Bool { replies.count >= Self.most || Instant.now.milliseconds(since: since) >= Self.longest }

    /// The call is kept where it may have to be answered again.
    mutating func append(_ reply: Reply, to invocation: Invocation?, isSettled: Bool) {
        if replies.isEmpty {
            since = .now
            deadline = nil
        }
        if let latest = invocation?.deadline, latest > 0 {
            let latest = Instant(nanoseconds: latest - min(latest, UInt64(Self.margin) * 1_000_000))
            deadline = min(deadline ?? latest, latest)
        }
        replies.append(Held(invocation: isSettled ? nil : invocation, reply: reply, isSettled: isSettled))
    }

    /// Has `answer` answer those anew whose calls could not be settled.
    mutating func replace(_ answer: (Invocation) -> Reply) {
        for index in replies.indices where !replies[index].isSettled {
            if let invocation = replies[index].invocation { replies[index].reply = answer(invocation) }
        }
    }

    /// Gives them all away.
    mutating func take() -> [Reply] {
        defer { replies.removeAll(keepingCapacity: true) }
        return replies.map(\.reply)
    }
}
