public import PlayersDomain
import TimeZones

/// The system's time zone data.
public struct TimeZoneFolder: ZoneSource {
    private let folder: ZoneFolder

    /// Reads from `/usr/share/zoneinfo`, or another folder of the same shape.
    public init(path: String = "/usr/share/zoneinfo") {
        folder = ZoneFolder(path: path)
    }

    /// The zone of that name, such as `Europe/Paris`; `nil` where there is none.
    public func zone(_ name: String) -> TimeZone? {
        folder.zone(name).map { TimeZone($0) }
    }

    /// The zone of that name, for those who read from any source.
    public func offsets(of name: String) -> (any ZoneOffsets)? {
        zone(name)
    }
}
