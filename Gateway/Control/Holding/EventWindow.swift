import Platform
import Primitives

/// The latest events, by channel: whole behind `floor`, up to `position`.
struct EventWindow {
    /// Milliseconds for which an event is kept.
    static let memory = 300_000
    /// Events that are kept at most.
    static let mostEvents = 100_000

    /// Of what lies behind it nothing is missing.
    private(set) var floor: EventPosition
    /// Everything up to here has come.
    private(set) var position: EventPosition
    private var all = EventQueue()
    private var channels: [String: EventQueue] = [:]
    /// What had come by then.
    private var marks: [(at: Instant, position: EventPosition)] = []

    /// An empty window.
    init(from floor: EventPosition) {
        self.floor = floor
        position = floor
    }

    /// How many events are kept.
    var count: Int { all.count }

    /// Takes events that follow what there is.
    mutating func append(_ batch: EventBatch, at now: Instant) {
        for event in batch.events where event.position > position {
            all.append(event)
            for channel in event.channels { channels[channel, default: EventQueue()].append(event) }
            position = event.position
        }
        position = max(position, batch.end)
        trim(at: now)
    }

    /// Takes events that come before what there is.
    mutating func prepend(_ batch: EventBatch) {
        let older = batch.events.filter { $0.position > batch.start && $0.position <= floor }
        guard batch.start < floor, batch.end >= floor else { return }
        all.prepend(older)
        var byChannel: [String: [LiveEvent]] = [:]
        for event in older { for channel in event.channels { byChannel[channel, default: []].append(event) } }
        for (channel, events) in byChannel { channels[channel, default: EventQueue()].prepend(events) }
        floor = batch.start
    }

    /// The events of those channels behind a position, in order, none twice.
    func events(after position: EventPosition, on names: [String]) -> [LiveEvent] {
        var found = names.flatMap { channels[$0].map { Array($0.events(after: position)) } ?? [] }
        found.sort { $0.position < $1.position }
        var previous: EventPosition?
        return found.filter { event in
            defer { previous = event.position }
            return event.position != previous
        }
    }

    /// Lets go what is older than the window's memory, or more than it keeps.
    mutating func trim(at now: Instant) {
        if marks.last.map({ now.milliseconds(since: $0.at) >= Self.memory / 100 }) ?? true {
            marks.append((now, position))
        }
        var end = floor
        while let mark = marks.first, now.milliseconds(since: mark.at) >= Self.memory {
            end = max(end, mark.position)
            marks.removeFirst()
        }
        while let oldest = all.first, oldest.position <= end || all.count > Self.mostEvents { drop(oldest) }
        floor = max(floor, end)
    }

    private mutating func drop(_ event: LiveEvent) {
        all.removeFirst()
        floor = max(floor, event.position)
        for channel in event.channels {
            channels[channel]?.removeFirst()
            if channels[channel]?.isEmpty == true { channels[channel] = nil }
        }
    }
}
