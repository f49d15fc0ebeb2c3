import JSON
import Primitives
import Wire

/// Something that happened in the store, for whoever listens to one of its channels.
final class LiveEvent {
    let position: EventPosition
    let channels: [String]
    /// Those who listen to one of these are not told.
    let excluded: [String]
    /// True where listeners are to be sent away, so that they ask anew whether they may listen.
    let closes: Bool
    /// The event as server-sent events have it; for one that closes, its id alone.
    let bytes: [UInt8]

    init(_ position: EventPosition, channels: [String], excluded: [String] = [], type: String, data: JSONObject) {
        self.position = position
        self.channels = channels
        self.excluded = excluded
        closes = type == "closed"
        bytes = closes ? Self.mark(position) : Self.text(type, position, JSONValue.object(data).text)
    }

    convenience init?(_ json: JSONValue) {
        guard case .object(let event) = json, case .string(let id)? = event["id"],
            let position = EventPosition(parsing: id), case .string(let type)? = event["type"],
            case .array(let channels)? = event["channels"], case .object(let data)? = event["data"]
        else { return nil }
        var excluded: [JSONValue] = []
        if case .array(let names)? = event["excluded"] { excluded = names }
        self.init(
            position, channels: Self.names(channels), excluded: Self.names(excluded), type: type, data: data)
    }

    private static func names(_ json: [JSONValue]) -> [String] {
        json.compactMap { name in
            if case .string(let name) = name { name } else { nil }
        }
    }

    /// Whether somebody who listens to those channels is told.
    func concerns(_ listener: [String]) -> Bool {
        excluded.isEmpty || !excluded.contains(where: listener.contains)
    }

    /// Tells a client where to resume, and no event.
    static func mark(_ position: EventPosition) -> [UInt8] {
        Array("id: \(position)\n\n".utf8)
    }

    /// Tells a client that events are missing before this position.
    static func reset(_ position: EventPosition) -> [UInt8] {
        text("reset", position, Array("{}".utf8))
    }

    private static func text(_ type: String, _ position: EventPosition, _ data: [UInt8]) -> [UInt8] {
        Array("event: \(type)\nid: \(position)\ndata: ".utf8) + data + Array("\n\n".utf8)
    }
}

/// Events that follow one another, as `follow-events` answers.
struct EventBatch {
    let events: [LiveEvent]
    /// The events begin behind this position, and are whole.
    let start: EventPosition
    /// Everything up to here is among them.
    let end: EventPosition
    /// True where what lies before `end` cannot be had.
    let isReset: Bool

    init(_ events: [LiveEvent], from start: EventPosition, to end: EventPosition, isReset: Bool = false) {
        self.events = events
        self.start = start
        self.end = end
        self.isReset = isReset
    }

    /// `nil` for an answer that is none.
    init?(_ reply: Reply?) {
        guard let reply, reply.status == 200, case .object(let object)? = try? JSONValue(parsing: reply.body),
            case .array(let events)? = object["events"], case .bool(let isReset)? = object["reset"],
            case .string(let from)? = object["from"], let start = EventPosition(parsing: from),
            case .string(let to)? = object["position"], let end = EventPosition(parsing: to)
        else { return nil }
        self.init(events.compactMap(LiveEvent.init), from: start, to: end, isReset: isReset)
    }
}
