public import PlayersDomain
public import TimeZones

/// A place's clock changes, as players' hours need them.
public struct TimeZone: ZoneOffsets, Sendable {
    private let zone: Zone

    /// Takes the system's data of a place.
    public init(_ zone: Zone) {
        self.zone = zone
    }

    /// Reads a TZif file of version 2 or later; `nil` for anything else.
    public init?(parsing file: [UInt8]) {
        guard let zone = Zone(parsing: file) else { return nil }
        self.init(zone)
    }

    /// The stretches from `start` until `end`, in seconds since the epoch, in order and without a hole.
    public func spans(from start: Int64, until end: Int64) -> [OffsetSpan] {
        zone.spans(from: start, until: end).map { OffsetSpan(start: $0.start, end: $0.end, offset: $0.offset) }
    }
}
