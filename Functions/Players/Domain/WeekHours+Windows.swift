public import Primitives

extension WeekHours {
    private static let week: Int64 = 7 * 86_400
    private static let halfHour: Int64 = 1800

    /// The half hours that windows of local time cover in the UTC week which `now` lies in. What runs over the week's
    /// end goes on at its beginning; a half hour counts where it is covered whole.
    public init(_ windows: [LocalWindow], in zone: some ZoneOffsets, at now: Timestamp) {
        let monday = Self.monday(before: now)
        let spans = zone.spans(from: monday - Self.week, until: monday + 2 * Self.week)
        let intervals = windows.compactMap { Self.interval($0, monday, spans) }
        self.init(Self.covered(Self.merged(intervals.flatMap(Self.repeated))))
    }

    /// The first second of the UTC week which `now` lies in. The epoch was a Thursday, the fourth day of its week.
    public static func monday(before now: Timestamp) -> Int64 {
        let days = (now.seconds - (now.seconds % 86_400 + 86_400) % 86_400) / 86_400
        return (days - ((days + 3) % 7 + 7) % 7) * 86_400
    }

    /// The window's instants, in seconds after the week's beginning.
    private static func interval(_ window: LocalWindow, _ monday: Int64, _ spans: [OffsetSpan]) -> Range<Int64>? {
        let (from, to) = window.seconds
        guard let start = spans.instant(ofLocal: monday + from, last: false),
            let end = spans.instant(ofLocal: monday + to, last: true), start < end
        else { return nil }
        return start - monday..<end - monday
    }

    /// The interval in this week and its neighbours, so that what leaves the week at one end comes in at the other.
    private static func repeated(_ interval: Range<Int64>) -> [Range<Int64>] {
        [-week, 0, week].map { interval.lowerBound + $0..<interval.upperBound + $0 }
    }

    private static func merged(_ intervals: [Range<Int64>]) -> [Range<Int64>] {
        intervals.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, next in
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
    }

    private static func covered(_ intervals: [Range<Int64>]) -> [Int] {
        intervals.flatMap { interval in
            let first = max(0, (interval.lowerBound + week * 2 + halfHour - 1) / halfHour - 2 * Int64(count))
            let end = min(Int64(count), (interval.upperBound + week * 2) / halfHour - 2 * Int64(count))
            return first < end ? (Int(first)..<Int(end)).map { $0 } : []
        }
    }
}
