/// A week's half hours in one word, for a bound on what two players share: a bit for each three hours with any time in
/// them, a byte for each day, and on top how many half hours count.
enum CoarseHours {
    /// Beyond 14 hours more time counts no more.
    static let enough = 28
    private static let perDay = 48
    private static let perPart = 6

    static func pack(_ words: [UInt64]) -> UInt64 {
        var coarse: UInt64 = 0
        var size = 0
        for halfHour in 0..<7 * perDay where words[halfHour / 64] >> UInt64(halfHour % 64) & 1 == 1 {
            size += 1
            coarse |= 1 << UInt64(halfHour / perDay * 8 + halfHour % perDay / perPart)
        }
        return coarse | UInt64(min(enough, size)) << 56
    }

    /// For each day and each byte of another's, how many of the own half hours lie in those parts.
    static func shares(of words: [UInt64]) -> [UInt8] {
        (0..<7 * 256).map { index in
            let (day, parts) = (index / 256, index % 256)
            return (0..<perDay).reduce(0) { sum, place in
                let halfHour = day * perDay + place
                let isOwn = words[halfHour / 64] >> UInt64(halfHour % 64) & 1 == 1
                return sum + (isOwn && parts >> (place / perPart) & 1 == 1 ? 1 : 0)
            }
        }
    }

    /// What sharing so many half hours earns beside another's size, by both numbers up to 28: a row for each size.
    static func points(ownSize: Int32) -> [Int32] {
        (0..<32 * 32).map { index in
            let (size, overlap) = (Int32(min(enough, index / 32)), Int32(min(enough, index % 32)))
            return ownSize + size > 0 ? 5000 * overlap / (ownSize + size) : 0
        }
    }
}
