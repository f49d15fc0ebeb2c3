/// The half hours of a UTC week in which somebody has time; the first one is Monday, 00:00.
public struct WeekHours: Hashable, Sendable {
    /// How many half hours a week has.
    public static let count = 336

    /// Six words of 64 half hours each, the first one in the lowest bit of the first word.
    public private(set) var words: [UInt64]

    /// No half hour at all.
    public init() {
        words = [UInt64](repeating: 0, count: (Self.count + 63) / 64)
    }

    /// The given half hours, 0 to 335; others are left out.
    public init(_ halfHours: some Sequence<Int>) {
        self.init()
        for halfHour in halfHours { insert(halfHour) }
    }

    /// Adds a half hour; does nothing for one that is not 0 to 335.
    public mutating func insert(_ halfHour: Int) {
        guard (0..<Self.count).contains(halfHour) else { return }
        words[halfHour / 64] |= 1 << UInt64(halfHour % 64)
    }

    /// Whether the half hour is among them.
    public func contains(_ halfHour: Int) -> Bool {
        (0..<Self.count).contains(halfHour) && words[halfHour / 64] >> UInt64(halfHour % 64) & 1 == 1
    }

    /// How many they are.
    public var size: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// How many both have.
    public func overlap(with other: WeekHours) -> Int {
        zip(words, other.words).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
    }
}
