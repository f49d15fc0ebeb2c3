import Platform
import Primitives

/// The Date field (RFC 9110, section 5.6.7), made anew once a second.
struct DateField {
    private let clock: any WallClock
    private var line: [UInt8] = []
    private var goodUntil = Instant(nanoseconds: 0)

    init(clock: any WallClock = SystemClock()) {
        self.clock = clock
    }

    /// The field as a whole line; `now` tells when a new second may have begun.
    mutating func line(at now: Instant) -> [UInt8] {
        if now < goodUntil { return line }
        let time = clock.now
        line = Array("Date: \(Self.text(time))\r\n".utf8)
        goodUntil = now.adding(milliseconds: 1000 - Int(time.milliseconds - time.seconds * 1000))
        return line
    }

    /// IMF-fixdate, as `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(_ time: Timestamp) -> String {
        let days = (time.seconds - secondOfDay(time)) / 86_400
        let date = CivilDate(daysSinceEpoch: days)
        let second = secondOfDay(time)
        let dayName = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(((days % 7) + 7) % 7)]
        let monthName = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ][Int(date.month - 1)]
        let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(dayName), \(twoDigits(date.day)) \(monthName) \(date.year) \(clock) GMT"
    }

    private static func secondOfDay(_ time: Timestamp) -> Int64 {
        let rest = time.seconds % 86_400
        return rest < 0 ? rest + 86_400 : rest
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
