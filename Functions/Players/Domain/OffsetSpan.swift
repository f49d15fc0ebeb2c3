/// A stretch of time in which a zone's local time is the same number of seconds ahead of UTC.
public struct OffsetSpan: Hashable, Sendable {
    /// Its first second, since the epoch.
    public let start: Int64
    /// The first second after it.
    public let end: Int64
    /// Seconds that local time is ahead of UTC.
    public let offset: Int64

    /// Takes the stretch as it is.
    public init(start: Int64, end: Int64, offset: Int64) {
        self.start = start
        self.end = end
        self.offset = offset
    }
}

/// Says how far ahead of UTC a place's local time is.
public protocol ZoneOffsets {
    /// The stretches from `start` until `end`, in seconds since the epoch, in order and without a hole.
    func spans(from start: Int64, until end: Int64) -> [OffsetSpan]
}

extension [OffsetSpan] {
    /// The instant of a local time, counted in seconds as if it were UTC. Of a time that comes twice the first or the
    /// last; of one that a change of clocks leaves out, the change.
    func instant(ofLocal local: Int64, last: Bool) -> Int64? {
        let instants = filter { ($0.start..<$0.end).contains(local - $0.offset) }.map { local - $0.offset }
        if let found = last ? instants.last : instants.first { return found }
        return zip(self, dropFirst()).first { before, after in
            local - before.offset >= after.start && local - after.offset < after.start
        }?.1.start
    }
}
