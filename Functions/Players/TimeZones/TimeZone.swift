public import PlayersDomain

/// A place's clock changes, as a TZif file tells them (RFC 9636).
public struct TimeZone: ZoneOffsets, Sendable {
    /// Instants in seconds since the epoch, in order, and the offset from each on.
    let changes: [Change]
    /// The offset before the first of them.
    let first: Int64
    /// What holds after the last of them; `nil` where nothing more changes.
    let rule: YearlyRule?

    struct Change: Hashable, Sendable {
        let at: Int64
        let offset: Int64
    }

    /// The stretches from `start` until `end`, in seconds since the epoch, in order and without a hole.
    public func spans(from start: Int64, until end: Int64) -> [OffsetSpan] {
        guard start < end else { return [] }
        let all = changes + later(until: end)
        var spans: [OffsetSpan] = []
        var offset = all.last { $0.at <= start }?.offset ?? first
        var at = start
        for change in all where start < change.at && change.at < end && change.offset != offset {
            spans.append(OffsetSpan(start: at, end: change.at, offset: offset))
            (at, offset) = (change.at, change.offset)
        }
        return spans + [OffsetSpan(start: at, end: end, offset: offset)]
    }

    /// What the rule makes of the years between the last change that the file lists and `end`.
    private func later(until end: Int64) -> [Change] {
        guard let rule else { return [] }
        let last = changes.last?.at ?? 0
        return rule.changes(from: last, until: end).filter { $0.at > last }
    }
}
