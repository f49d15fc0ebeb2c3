/// A place's clock changes, as a TZif file tells them (RFC 9636).
public struct Zone: Equatable, Sendable {
    /// Instants in seconds since the epoch, in order, and the offset from each on.
    let changes: [Change]
    /// The offset before the first of them.
    let first: Int64
    /// What holds after the last of them; `nil` where nothing more changes.
    let rule: YearlyRule?

    /// A stretch of time with one offset from UTC, all in seconds.
    public struct Span: Hashable, Sendable {
        /// The first second, since the epoch.
        public let start: Int64
        /// The second after the last.
        public let end: Int64
        /// How far ahead of UTC the local time is.
        public let offset: Int64
    }

    struct Change: Hashable, Sendable {
        let at: Int64
        let offset: Int64
    }

    /// The stretches from `start` until `end`, in seconds since the epoch, in order and without a hole.
    public func spans(from start: Int64, until end: Int64) -> [Span] {
        guard start < end else { return [] }
        let all = changes + later(until: end)
        var spans: [Span] = []
        var offset = all.last { $0.at <= start }?.offset ?? first
        var at = start
        for change in all where start < change.at && change.at < end && change.offset != offset {
            spans.append(Span(start: at, end: change.at, offset: offset))
            (at, offset) = (change.at, change.offset)
        }
        return spans + [Span(start: at, end: end, offset: offset)]
    }

    /// How far ahead of UTC the local time is at an instant, in seconds.
    public func offset(at second: Int64) -> Int64 {
        spans(from: second, until: second + 1).first?.offset ?? first
    }

    /// What the rule makes of the years between the last change that the file lists and `end`.
    private func later(until end: Int64) -> [Change] {
        guard let rule else { return [] }
        let last = changes.last?.at ?? 0
        return rule.changes(from: last, until: end).filter { $0.at > last }
    }
}
