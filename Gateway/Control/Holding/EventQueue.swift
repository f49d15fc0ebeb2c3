import Primitives

/// Events in their order; new ones come at the end, old ones leave at the front.
struct EventQueue {
    private var events: [LiveEvent] = []
    private var head = 0

    var count: Int { events.count - head }
    var isEmpty: Bool { count == 0 }
    var first: LiveEvent? { isEmpty ? nil : events[head] }

    mutating func append(_ event: LiveEvent) {
        events.append(event)
    }

    mutating func prepend(_ older: [LiveEvent]) {
        events.replaceSubrange(..<head, with: older)
        head = 0
    }

    mutating func removeFirst() {
        guard !isEmpty else { return }
        head += 1
        if head >= 64, head * 2 >= events.count {
            events.removeFirst(head)
            head = 0
        }
    }

    /// The events behind a position.
    func events(after position: EventPosition) -> ArraySlice<LiveEvent> {
        var (low, high) = (head, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return events[low...]
    }
}
