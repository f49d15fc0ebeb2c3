import GatewayStack
import Primitives
import Wire

/// How a function asks the gateway to hold a call open, in GRIP's words: for which channels, from where on, how long.
struct GripHold: Equatable {
    enum Mode: String {
        /// The answer has begun and goes on with each event.
        case stream
        /// The answer waits; on an event the function is called again.
        case response
    }

    static let field = "grip-hold"
    private static let mostChannels = 1024
    private static let longest = 24 * 3600

    let mode: Mode
    let channels: [String]
    /// Events behind it are meant.
    let position: EventPosition
    /// Up to here it has been looked at who may listen.
    let checked: EventPosition
    /// For how long at most.
    let seconds: Int

    /// Reads the fields of an answer; `nil` where they are incomplete or broken.
    init?(_ reply: borrowing Reply) {
        func values(_ name: String) -> [String] { reply.headers.filter { $0.name == name }.map(\.value) }
        guard let mode = values(Self.field).first.flatMap(Mode.init(rawValue:)),
            let seconds = values("grip-timeout").first.flatMap(Int.init), (1...Self.longest).contains(seconds)
        else { return nil }
        var channels: [String] = []
        var position: EventPosition?
        for entry in values("grip-channel").joined(separator: ",").split(separator: ",") {
            let parts = entry.split(separator: ";").map { Self.trimmed($0) }
            guard let name = parts.first, !name.isEmpty, channels.count < Self.mostChannels,
                let previous = parts.dropFirst().first(where: { $0.hasPrefix("prev-id=") }),
                let behind = EventPosition(parsing: String(previous.dropFirst("prev-id=".utf8.count)))
            else { return nil }
            channels.append(name)
            position = min(position ?? behind, behind)
        }
        guard let position else { return nil }
        self.mode = mode
        self.channels = channels
        self.position = position
        checked = Self.checked(values("grip-set-meta")) ?? position
        self.seconds = seconds
    }

    private static func checked(_ fields: [String]) -> EventPosition? {
        let entries = fields.joined(separator: ",").split(separator: ",").map { trimmed($0).split(separator: "\"") }
        return entries.first { $0.count == 2 && $0[0] == "checked=" }.flatMap { EventPosition(parsing: String($0[1])) }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
