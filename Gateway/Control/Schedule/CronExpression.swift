import Primitives
import TimeZones

/// When a function is due: minute, hour, day of month, month and day of week, as crontab(5) reads them.
///
/// Where both days are restricted, that is, begin with no star, either is enough. Sunday is 0 or 7; months and days may
/// be named in English.
struct CronExpression: Equatable, Sendable {
    private let minute: CronField
    private let hour: CronField
    private let day: CronField
    private let month: CronField
    private let weekday: CronField

    /// Reads five fields, or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly` and the other names of these; `nil`
    /// for anything else.
    init?(_ text: String) {
        let fields = (Self.shorthands[text] ?? text).split { $0 == " " || $0 == "\t" }
        guard fields.count == 5,
            let minute = CronField(fields[0], range: 0...59), let hour = CronField(fields[1], range: 0...23),
            let day = CronField(fields[2], range: 1...31),
            let month = CronField(fields[3], range: 1...12, names: Self.months, firstName: 1),
            let weekday = CronField(fields[4], range: 0...7, names: Self.weekdays)
        else { return nil }
        self.minute = minute
        self.hour = hour
        self.day = day
        self.month = month
        self.weekday = weekday
    }

    /// Whether the minute that `instant` lies in is one of those that are meant, in UTC.
    func fits(_ instant: Timestamp) -> Bool {
        fits(local: floored(instant.seconds, 60))
    }

    /// Whether it is, by a place's clock. Where that is set forward, what was meant in the minutes left out is due at
    /// once; where it is set back, what was meant in the minutes that come twice is due the first time. A rule for any
    /// hour goes by the minute alone.
    func fits(_ instant: Timestamp, in zone: Zone) -> Bool {
        let minute = floored(instant.seconds, 60)
        let offset = floored(zone.offset(at: minute * 60), 60)
        let local = minute + offset
        guard !hour.isAny else { return fits(local: local) }
        let before = floored(zone.offset(at: (minute - 1) * 60), 60)
        if before < offset { return (local - (offset - before)...local).contains { fits(local: $0) } }
        return fits(local: local) && !isSecond(minute, offset, zone)
    }

    /// Whether the clock showed the same some time before, within the hours by which clocks are set back.
    private func isSecond(_ minute: Int64, _ offset: Int64, _ zone: Zone) -> Bool {
        let former = floored(zone.offset(at: (minute - 180) * 60), 60)
        guard former > offset else { return false }
        return floored(zone.offset(at: (minute - (former - offset)) * 60), 60) == former
    }

    private func fits(local minutes: Int64) -> Bool {
        let days = floored(minutes, 1440)
        let ofDay = minutes - days * 1440
        let date = CivilDate(daysSinceEpoch: days)
        guard minute.fits(Int(ofDay % 60)), hour.fits(Int(ofDay / 60)), month.fits(Int(date.month)) else {
            return false
        }
        let isDay = day.fits(Int(date.day))
        let sunday = Int((days % 7 + 11) % 7)
        let isWeekday = weekday.fits(sunday) || sunday == 0 && weekday.fits(7)
        return day.isOpen || weekday.isOpen ? isDay && isWeekday : isDay || isWeekday
    }

    private func floored(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    private static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
        "@yearly": "0 0 1 1 *", "@midnight": "0 0 * * *", "@annually": "0 0 1 1 *",
    ]
}
