import Foundation
import JSON

/// Values as MongoDB's canonical extended JSON writes them.
enum Stored {
    /// An id (binary subtype 4).
    static func id(_ text: String) -> JSONValue {
        ["$uuid": .string(text)]
    }

    /// An instant so many hours away from now.
    static func date(hoursAway hours: Double) -> JSONValue {
        let milliseconds = Int64((Date().timeIntervalSince1970 + hours * 3600) * 1000)
        return ["$date": ["$numberLong": .string(String(milliseconds))]]
    }
}
