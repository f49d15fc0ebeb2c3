import Platform

/// Names a timer, to cancel it.
package struct TimerID: Hashable, Sendable {
    let number: UInt64
}

/// Actions waiting for their time: a binary heap; what was cancelled is skipped when its time comes.
struct TimerQueue {
    private var heap: [Entry] = []
    private var actions: [TimerID: () -> Void] = [:]
    private var last: UInt64 = 0

    private struct Entry {
        let at: Instant
        let id: TimerID
    }

    mutating func add(at: Instant, _ action: @escaping () -> Void) -> TimerID {
        last += 1
        let id = TimerID(number: last)
        actions[id] = action
        heap.append(Entry(at: at, id: id))
        siftUp()
        return id
    }

    mutating func cancel(_ id: TimerID) {
        actions[id] = nil
    }

    /// How long epoll_wait(2) may sleep: -1 without a timer.
    func milliseconds(from now: Instant) -> CInt {
        guard let first = heap.first else { return -1 }
        guard first.at > now else { return 0 }
        return CInt(clamping: (first.at.nanoseconds - now.nanoseconds + 999_999) / 1_000_000)
    }

    /// Takes out the actions whose time has come, in order.
    mutating func due(at now: Instant) -> [() -> Void] {
        var due: [() -> Void] = []
        while let first = heap.first, first.at <= now {
            removeFirst()
            if let action = actions.removeValue(forKey: first.id) { due.append(action) }
        }
        return due
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        while child > 0, heap[child].at < heap[(child - 1) / 2].at {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
            guard let least = children.min(by: { heap[$0].at < heap[$1].at }), heap[least].at < heap[parent].at
            else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

extension EventLoop {
    /// Runs `action` once, `milliseconds` from now; for what is rare, not for each call.
    @discardableResult
    package func after(milliseconds: Int, _ action: @escaping () -> Void) -> TimerID {
        timers.add(at: Instant.now.adding(milliseconds: milliseconds), action)
    }

    /// Lets a timer lapse without its action; one that has fired is ignored.
    package func cancel(_ timer: TimerID) {
        timers.cancel(timer)
    }

    /// Runs `action` every `milliseconds` for as long as it answers true.
    package func every(milliseconds: Int, _ action: @escaping () -> Bool) {
        after(milliseconds: milliseconds) { [weak self] in
            if action() { self?.every(milliseconds: milliseconds, action) }
        }
    }
}
