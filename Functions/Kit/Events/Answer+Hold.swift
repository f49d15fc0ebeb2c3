public import Primitives
public import Runtime
import Wire

/// What of a call the gateway holds open, in the words of GRIP.
public enum HoldMode: String, Sendable {
    /// The answer is begun, and goes on with each event.
    case stream
    /// The answer waits; on an event the function is called again.
    case response
}

extension Answer {
    /// The same answer, held by the gateway for at most so many seconds, for the events of these channels behind a
    /// position. Up to `checked` it has been looked at who may listen; what says that this changed counts behind it.
    ///
    /// The gateway alone reads these fields, and from functions alone whose annotation allows it.
    public func held(
        _ mode: HoldMode, for channels: [String], after position: EventPosition, checked: EventPosition,
        seconds: Int
    ) -> Answer {
        let list = channels.map { "\($0); prev-id=\(position)" }.joined(separator: ", ")
        return adding("grip-hold", mode.rawValue).adding("grip-channel", list)
            .adding("grip-set-meta", "checked=\"\(checked)\"").adding("grip-timeout", String(max(1, seconds)))
    }
}

/// The names of channels that events go to.
public enum EventChannel {
    /// What concerns an account.
    public static func account(_ id: UniqueID) -> String { "account:\(id)" }

    /// The end of a session.
    public static func session(_ id: UniqueID) -> String { "session:\(id)" }

    /// What happens in a community's conversation.
    public static func community(_ conversation: UniqueID) -> String { "community:\(conversation)" }
}
