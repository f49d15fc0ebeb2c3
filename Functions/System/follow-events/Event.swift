import JSON
import Primitives

/// What those are told who listen to a channel: ids alone.
struct Event {
    /// What happened, as streams name it.
    enum Kind: String {
        case message
        case deleted
        case read
        case notification
        /// Whoever listens is to ask anew whether, and to what, he may listen.
        case closed
    }

    let position: EventPosition
    let kind: Kind
    var channels: [String] = []
    /// Those who listen to one of these are not told, whatever else they listen to.
    var excluded: [String] = []
    var data = JSONObject()

    var json: JSONValue {
        [
            "id": .string(position.description), "type": .string(kind.rawValue),
            "channels": .array(channels.map(JSONValue.string)), "data": .object(data),
            "excluded": .array(excluded.map(JSONValue.string)),
        ]
    }
}
