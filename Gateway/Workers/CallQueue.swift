import Platform

/// Calls that wait for a worker, oldest first.
struct CallQueue {
    private var calls: [PendingCall?] = []
    private var head = 0

    var count: Int { calls.count - head }
    var isEmpty: Bool { count == 0 }

    /// Whether the oldest has not been given to a worker yet.
    var isFresh: Bool { head < calls.count && calls[head]?.attempts == 0 }

    mutating func append(_ call: PendingCall) {
        calls.append(call)
    }

    /// Puts a call back in front of all others.
    mutating func prepend(_ call: PendingCall) {
        if head > 0 {
            head -= 1
            calls[head] = call
        } else {
            calls.insert(call, at: 0)
        }
    }

    /// Takes out the oldest call that somebody still waits for.
    mutating func next() -> PendingCall? {
        while head < calls.count {
            let call = calls[head]
            calls[head] = nil
            head += 1
            compact()
            if let call, !call.isGone { return call }
        }
        return nil
    }

    /// Takes out the calls that arrived before `instant`.
    mutating func arrived(before instant: Instant) -> [PendingCall] {
        var taken: [PendingCall] = []
        while head < calls.count, let call = calls[head], call.arrived < instant {
            taken.append(call)
            calls[head] = nil
            head += 1
        }
        compact()
        return taken
    }

    private mutating func compact() {
        if head == calls.count {
            calls.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 256 {
            calls.removeFirst(head)
            head = 0
        }
    }
}
