import Primitives

/// The changes that come every year, as a POSIX `TZ` string tells them (POSIX.1-2017, 8.3; RFC 9636, 3.3).
struct YearlyRule: Hashable, Sendable {
    let standard: Int64
    let summer: Summer?

    /// Summer time: how far ahead of UTC it is, and when it begins and ends.
    struct Summer: Hashable, Sendable {
        let offset: Int64
        let begins: YearlyMoment
        let ends: YearlyMoment
    }

    /// The changes of the years that `start` and `end` lie in and those between, in order; at most those of 400 years.
    func changes(from start: Int64, until end: Int64) -> [Zone.Change] {
        let years = Self.year(of: start)...max(Self.year(of: start), Self.year(of: end))
        guard let summer else { return [Zone.Change(at: start + 1, offset: standard)] }
        return years.suffix(400).flatMap { year in
            [
                Zone.Change(at: summer.begins.seconds(in: year) - standard, offset: summer.offset),
                Zone.Change(at: summer.ends.seconds(in: year) - summer.offset, offset: standard),
            ]
        }.sorted { $0.at < $1.at }
    }

    private static func year(of second: Int64) -> Int64 {
        CivilDate(daysSinceEpoch: min(max(second, -1 << 40), 1 << 40) / 86_400).year
    }
}

/// A local moment of every year.
struct YearlyMoment: Hashable, Sendable {
    let day: Day
    /// Seconds after that day's midnight; may lie beyond the day.
    let time: Int64

    enum Day: Hashable, Sendable {
        /// The day of the year from 0, 29 February counted.
        case ofYear(Int64)
        /// The day of the year from 1, 29 February never counted.
        case withoutLeapDay(Int64)
        /// A weekday (0 is Sunday) of a month's week; the fifth is the last.
        case weekday(month: Int64, week: Int64, weekday: Int64)
    }

    /// Local seconds since 1970-01-01, as if local time were UTC.
    func seconds(in year: Int64) -> Int64 {
        dayNumber(in: year) * 86_400 + time
    }

    private func dayNumber(in year: Int64) -> Int64 {
        let newYear = Self.days(to: year, month: 1)
        switch day {
        case .ofYear(let day): return newYear + day
        case .withoutLeapDay(let day):
            let isLeap = Self.days(to: year, month: 3) - newYear == 60
            return newYear + day - (isLeap && day >= 60 ? 0 : 1)
        case .weekday(let month, let week, let weekday):
            let first = Self.days(to: year, month: month)
            let next = month == 12 ? Self.days(to: year + 1, month: 1) : Self.days(to: year, month: month + 1)
            let ahead = (weekday - (first + 4) % 7 + 14) % 7
            let day = first + ahead + (week - 1) * 7
            return day < next ? day : day - 7
        }
    }

    /// Days from 1970-01-01 to the first of a month.
    private static func days(to year: Int64, month: Int64) -> Int64 {
        let shiftedYear = month > 2 ? year : year - 1
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        return shiftedYear * 365 + shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
            + (153 * monthFromMarch + 2) / 5 - 719_468
    }
}
