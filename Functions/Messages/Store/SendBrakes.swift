public import Installation
import MongoDB
import Primitives
public import Runtime

/// How fast an account may send, and to how many it may write first.
public struct SendBrakes {
    private let messages: SendBrake
    private let contacts: SendBrake

    /// Reads the settings.
    public init(_ installation: Installation, _ memory: SendMemory?) throws(SetUpFailure) {
        messages = try SendBrake.messages(installation, memory?.rates)
        contacts = try SendBrake.contacts(installation)
    }

    /// Counts a message, and a first one to somebody twice over; `nil` where it may be sent, otherwise the seconds to
    /// wait.
    func take(_ sender: UniqueID, _ target: Target, isFirst: Bool, at now: Timestamp) throws(MongoError) -> Int64? {
        if let seconds = try messages.take(sender, at: now) { return seconds }
        guard isFirst, case .pair = target else { return nil }
        return try contacts.take(sender, at: now)
    }

    /// Takes back a message that was a repeat.
    func giveBack(_ sender: UniqueID, at now: Timestamp) throws(MongoError) {
        try messages.giveBack(sender, at: now)
    }
}
