import Platform
import Primitives

/// The time of day as text, RFC 3339 in UTC with milliseconds; the part up to the second is kept while it lasts.
struct LogClock {
    private var second: Int64 = -1
    private var prefix: [UInt8] = []

    mutating func text() -> [UInt8] {
        let now = SystemClock().now
        if now.seconds != second {
            second = now.seconds
            prefix = Array(now.description.utf8.prefix(20))
        }
        var text = prefix
        text.append(decimal: Int(now.milliseconds - now.seconds * 1000), width: 3)
        text.append(UInt8(ascii: "Z"))
        return text
    }
}
