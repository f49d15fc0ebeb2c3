extension YearlyRule {
    /// Reads `CET-1CEST,M3.5.0,M10.5.0/3`, `<+0545>-5:45` and the like; `nil` for anything else.
    init?(parsing text: [UInt8]) {
        var reader = RuleReader(text)
        guard reader.name(), let behind = reader.time() else { return nil }
        standard = -behind
        if reader.isAtEnd {
            summer = nil
            return
        }
        guard reader.name() else { return nil }
        var ahead = standard + 3600
        if !reader.take(",") {
            guard let behind = reader.time(), reader.take(",") else { return nil }
            ahead = -behind
        }
        guard let begins = reader.moment(), reader.take(","), let ends = reader.moment(), reader.isAtEnd else {
            return nil
        }
        summer = Summer(offset: ahead, begins: begins, ends: ends)
    }
}

private struct RuleReader {
    private var left: ArraySlice<UInt8>

    init(_ text: [UInt8]) {
        left = text[...]
    }

    var isAtEnd: Bool { left.isEmpty }

    /// Takes the character if it is next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard left.first == UInt8(ascii: character) else { return false }
        left = left.dropFirst()
        return true
    }

    /// Takes a zone's short name, in angle brackets where it is not of letters alone.
    mutating func name() -> Bool {
        if left.first == UInt8(ascii: "<") {
            guard let end = left.firstIndex(of: UInt8(ascii: ">")) else { return false }
            left = left[(end + 1)...]
            return true
        }
        let letters = left.prefix { (65...90).contains($0) || (97...122).contains($0) }
        left = left.dropFirst(letters.count)
        return letters.count >= 3
    }

    /// Takes `[+-]h[:m[:s]]`, in seconds.
    mutating func time() -> Int64? {
        let isNegative = take("-")
        if !isNegative { _ = take("+") }
        guard let hours = number(), hours <= 167 else { return nil }
        var seconds = hours * 3600
        for unit: Int64 in [60, 1] where take(":") {
            guard let part = number(), part < 60 else { return nil }
            seconds += part * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// Takes a day and the time of day, 02:00 if left out.
    mutating func moment() -> YearlyMoment? {
        guard let day = day() else { return nil }
        if take("/") {
            guard let time = time() else { return nil }
            return YearlyMoment(day: day, time: time)
        }
        return YearlyMoment(day: day, time: 2 * 3600)
    }

    private mutating func day() -> YearlyMoment.Day? {
        if take("M") {
            guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
                (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
        let isJulian = take("J")
        guard let day = number(), day <= 365, !isJulian || day >= 1 else { return nil }
        return isJulian ? .withoutLeapDay(day) : .ofYear(day)
    }

    private mutating func number() -> Int64? {
        let digits = left.prefix(3).prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        left = left.dropFirst(digits.count)
        return digits.reduce(0) { $0 * 10 + Int64($1) - 48 }
    }
}
