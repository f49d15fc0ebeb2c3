public import Primitives

/// A day that somebody was born on, between 1900 and now.
public struct BirthDate: Hashable, Sendable, CustomStringConvertible {
    private let date: CivilDate
    private let day: Int64

    /// Reads `YYYY-MM-DD`; `nil` where there is no such day, or it lies before 1900 or after `now`'s UTC date.
    public init?(parsing text: String, at now: Timestamp) {
        let characters = Array(text.utf8)
        guard characters.count == 10, characters[4] == UInt8(ascii: "-"), characters[7] == UInt8(ascii: "-"),
            let year = Self.number(characters[0..<4]), let month = Self.number(characters[5..<7]),
            let dayOfMonth = Self.number(characters[8..<10]), year >= 1900, (1...12).contains(month)
        else { return nil }
        day = Self.days(year, month, dayOfMonth)
        date = CivilDate(daysSinceEpoch: day)
        guard date.description == text, day * 86_400 <= now.seconds else { return nil }
    }

    /// `YYYY-MM-DD`.
    public var description: String { date.description }

    /// The first instant of the UTC day on which this person is 18; who was born on 29 February, on 1 March.
    public var adultFrom: Timestamp {
        Timestamp(milliseconds: Self.days(date.year + 18, date.month, date.day) * 86_400_000)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1) - 48 }
    }

    /// Days from 1970-01-01 to a day of a year from 1900 on; a day beyond its month's end is one of the next month.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shiftedYear = month > 2 ? year : year - 1
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        return shiftedYear * 365 + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1 - 719_468
    }
}
