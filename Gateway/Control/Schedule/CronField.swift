/// One field of a cron expression: the numbers that fit.
struct CronField: Equatable, Sendable {
    private static let signs: [Substring] = ["*", "?"]

    private let fitting: Set<Int>
    /// True for `*` and `?`, which fit everything.
    let isAny: Bool
    /// True where it begins so, with or without a step: as a day, it does not stand for itself.
    let isOpen: Bool

    /// Reads `*` (or `?`, as Quartz has it), numbers, names, ranges and steps, divided by commas; `nil` for anything else
    /// or out of `range`.
    init?(_ text: Substring, range: ClosedRange<Int>, names: [String] = [], firstName: Int = 0) {
        var fitting: Set<Int> = []
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        for part in parts {
            guard let numbers = Self.numbers(part, range, names, firstName) else { return nil }
            fitting.formUnion(numbers)
        }
        self.fitting = fitting
        isAny = Self.signs.contains(text)
        isOpen = Self.signs.contains(text.prefix(1))
    }

    func fits(_ number: Int) -> Bool {
        fitting.contains(number)
    }

    private static func numbers(
        _ part: Substring, _ range: ClosedRange<Int>, _ names: [String], _ firstName: Int
    ) -> [Int]? {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
        guard let span = pieces.first, pieces.count <= 2 else { return nil }
        guard let step = pieces.count == 2 ? Int(pieces[1]) : 1, step > 0 else { return nil }
        func number(_ text: Substring) -> Int? {
            let number = names.firstIndex(of: text.lowercased()).map { $0 + firstName } ?? Int(text)
            return number.flatMap { range.contains($0) ? $0 : nil }
        }
        if signs.contains(span) { return Array(stride(from: range.lowerBound, through: range.upperBound, by: step)) }
        let ends = span.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let first = number(ends[0]) else { return nil }
        guard ends.count == 2 else {
            return pieces.count == 2 ? Array(stride(from: first, through: range.upperBound, by: step)) : [first]
        }
        guard let last = number(ends[1]), first <= last else { return nil }
        return Array(stride(from: first, through: last, by: step))
    }
}
