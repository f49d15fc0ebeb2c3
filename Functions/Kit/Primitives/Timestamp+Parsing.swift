extension Timestamp {
    /// Reads `2026-01-31T09:05:07Z`, with a fraction and an offset where there are some (RFC 3339, section 5.6);
    /// `nil` for every other form, and for a day that its month does not have.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard (20...40).contains(bytes.count), [bytes[4], bytes[7]] == [45, 45], [bytes[13], bytes[16]] == [58, 58],
            bytes[10] | 32 == UInt8(ascii: "t"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10]), let hour = Self.number(bytes[11..<13]),
            let minute = Self.number(bytes[14..<16]), let second = Self.number(bytes[17..<19]),
            let days = CivilDate.daysSinceEpoch(year, month, day), hour < 24, minute < 60, second < 61,
            let (milliseconds, offset) = Self.rest(bytes[19...])
        else { return nil }
        let minutes = (days * 24 + hour) * 60 + minute - offset
        self.init(milliseconds: (minutes * 60 + second) * 1000 + milliseconds)
    }

    /// The fraction in milliseconds, and the offset in minutes.
    private static func rest(_ bytes: ArraySlice<UInt8>) -> (Int64, Int64)? {
        var zone = bytes
        var milliseconds: Int64 = 0
        if zone.first == UInt8(ascii: ".") {
            let digits = zone.dropFirst().prefix { (48...57).contains($0) }
            guard !digits.isEmpty else { return nil }
            milliseconds = number((Array(digits.prefix(3)) + [48, 48]).prefix(3)) ?? 0
            zone = zone[digits.endIndex...]
        }
        if zone.count == 1, let letter = zone.first, letter | 32 == UInt8(ascii: "z") { return (milliseconds, 0) }
        guard zone.count == 6, let sign = zone.first, sign == 43 || sign == 45, zone[zone.startIndex + 3] == 58,
            let hours = number(zone.dropFirst().prefix(2)), let minutes = number(zone.suffix(2)), hours < 24,
            minutes < 60
        else { return nil }
        return (milliseconds, (hours * 60 + minutes) * (sign == 45 ? -1 : 1))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }
}
