import BSON
public import PlayersDomain
import Primitives

/// Turns windows into the half hours of one week, reading each zone once.
public final class WeekCalendar {
    /// The first second of the week.
    public let week: Int64
    private let source: any ZoneSource
    private var zones: [String: WeekOffsets] = [:]

    /// A calendar of the week that begins at the second `week`.
    public init(_ source: any ZoneSource, week: Int64) {
        self.source = source
        self.week = week
    }

    func hours(_ windows: [LocalWindow], in name: String) -> WeekHours {
        guard !windows.isEmpty, let zone = zone(name) else { return WeekHours() }
        return WeekHours(windows, in: zone, at: Timestamp(milliseconds: week * 1000))
    }

    private func zone(_ name: String) -> WeekOffsets? {
        if let zone = zones[name] { return zone }
        guard let offsets = source.offsets(of: name) else { return nil }
        let zone = WeekOffsets(offsets)
        zones[name] = zone
        return zone
    }
}

/// A zone's stretches of the one time that is asked for again and again.
private final class WeekOffsets: ZoneOffsets {
    private let zone: any ZoneOffsets
    private var known: (start: Int64, end: Int64, spans: [OffsetSpan])?

    init(_ zone: any ZoneOffsets) {
        self.zone = zone
    }

    func spans(from start: Int64, until end: Int64) -> [OffsetSpan] {
        if let known, known.start == start, known.end == end { return known.spans }
        let spans = zone.spans(from: start, until: end)
        known = (start, end, spans)
        return spans
    }
}

extension StoredPlayer {
    /// The player as the score sees him in the calendar's week.
    public func scored(in calendar: WeekCalendar) -> ScoredProfile {
        let windows = (profile?["availability"]?.array ?? []).compactMap { LocalWindow($0) }
        return ScoredProfile(
            games: library.map(\.played),
            hours: calendar.hours(windows, in: profile?["timeZone"]?.string ?? ""),
            preferences: Preferences(
                languages: Set((profile?["languages"]?.array ?? []).compactMap(\.string)),
                region: profile?["region"]?.string.flatMap(Region.init(rawValue:)),
                playStyle: profile?["playStyle"]?.string.flatMap(PlayStyle.init(rawValue:)),
                voiceChat: profile?["voiceChat"]?.string.flatMap(VoiceChat.init(rawValue:))))
    }
}
