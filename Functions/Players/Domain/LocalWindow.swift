/// A day of the week; weeks begin on Monday (ISO 8601).
public enum Weekday: String, CaseIterable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Days since Monday.
    var index: Int64 {
        Int64(Self.allCases.firstIndex(of: self) ?? 0)
    }
}

/// A stretch of one local day of every week, up to 24 hours long.
public struct LocalWindow: Hashable, Sendable {
    /// The day that it begins on.
    public let day: Weekday
    /// Minutes after midnight, 0 to 1439.
    public let from: Int
    /// Minutes after midnight, 0 to 1440; at or before `from` it is the next day's.
    public let to: Int

    /// Takes times as `HH:MM`, the end also as `24:00`; `nil` for anything else and for equal ends.
    public init?(day: Weekday, from: String, to: String) {
        guard let from = Self.minutes(from), let to = Self.minutes(to), from < Self.dayLength, from != to else {
            return nil
        }
        self.day = day
        self.from = from
        self.to = to
    }

    private static let dayLength = 1440

    /// Seconds from the local week's beginning to the window's, and to its end.
    var seconds: (from: Int64, to: Int64) {
        let midnight = day.index * 86_400
        let end = to <= from ? to + Self.dayLength : to
        return (midnight + Int64(from) * 60, midnight + Int64(end) * 60)
    }

    private static func minutes(_ text: String) -> Int? {
        let characters = Array(text.utf8)
        guard characters.count == 5, characters[2] == UInt8(ascii: ":") else { return nil }
        let digits = [0, 1, 3, 4].map { Int(characters[$0]) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
        guard minute < 60, hour < 24 || (hour == 24 && minute == 0) else { return nil }
        return hour * 60 + minute
    }
}

extension LocalWindow {
    /// The beginning as `HH:MM`.
    public var fromText: String { Self.text(from) }
    /// The end as `HH:MM`.
    public var toText: String { Self.text(to) }

    private static func text(_ minutes: Int) -> String {
        let (hour, minute) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hour < 10 ? "0" : "") + String(hour) + (minute < 10 ? ":0" : ":") + String(minute)
    }
}
