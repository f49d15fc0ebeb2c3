import Platform

/// A change behind the sections of a snapshot file: its length, what happened, a checksum.
enum SnapshotChange {
    /// A player is new or another than before.
    case put(PackedProfile)
    /// A player is out.
    case remove(PackedID)
    /// A player was seen.
    case seen(PackedID, UInt32)

    private static let overhead = 12
    private static let longest = 1 << 20

    var bytes: [UInt8] {
        var writer = FieldWriter()
        switch self {
        case .put(let profile):
            writer.number(UInt8(1))
            Self.write(profile, &writer)
        case .remove(let id):
            writer.number(UInt8(2))
            writer.numbers([id.high, id.low])
        case .seen(let id, let seconds):
            writer.number(UInt8(3))
            writer.numbers([id.high, id.low])
            writer.number(seconds)
        }
        var framed = FieldWriter()
        framed.number(UInt32(writer.bytes.count))
        framed.append(writer.bytes)
        framed.number(Checksum.of(writer.bytes))
        return framed.bytes
    }

    /// The changes in `bytes`, which hold whole ones.
    static func all(in bytes: [UInt8]) throws(SnapshotError) -> [SnapshotChange] {
        var changes: [SnapshotChange] = []
        var reader = FieldReader(bytes)
        var rest = bytes.count
        while rest > 0 {
            let length = Int(try reader.number(UInt32.self))
            guard length <= longest else { throw .damaged }
            let content = Array(try reader.take(length))
            guard try reader.number() == Checksum.of(content) else { throw .damaged }
            changes.append(try SnapshotChange(parsing: content))
            rest -= length + overhead
        }
        return changes
    }

    private init(parsing bytes: [UInt8]) throws(SnapshotError) {
        var reader = FieldReader(bytes)
        let kind = try reader.number(UInt8.self)
        let id = PackedID(high: try reader.number(), low: try reader.number())
        switch kind {
        case 1: self = .put(try Self.profile(id, &reader))
        case 2: self = .remove(id)
        case 3: self = .seen(id, try reader.number())
        default: throw .damaged
        }
    }

    private static func write(_ profile: PackedProfile, _ writer: inout FieldWriter) {
        writer.numbers([profile.id.high, profile.id.low])
        writer.number(profile.seen)
        writer.number(profile.adultFrom)
        writer.number(profile.preferences)
        writer.number(profile.total)
        writer.numbers(profile.hours)
        writer.numbers(profile.languages)
        writer.number(UInt16(profile.games.count))
        for game in profile.games {
            writer.text(game.name)
            writer.number(game.level)
        }
    }

    private static func profile(_ id: PackedID, _ reader: inout FieldReader) throws(SnapshotError) -> PackedProfile {
        let (seen, adultFrom) = (try reader.number(UInt32.self), try reader.number(Int32.self))
        let (preferences, total) = (try reader.number(UInt8.self), try reader.number(UInt16.self))
        let hours: [UInt64] = try reader.numbers(6)
        let languages: [UInt64] = try reader.numbers(PackedPreferences.languageWords)
        var games: [PackedGame] = []
        for _ in 0..<(try reader.number(UInt16.self)) {
            games.append(PackedGame(name: try reader.text(), level: try reader.number()))
        }
        return PackedProfile(
            id: id, seen: seen, adultFrom: adultFrom, preferences: preferences & 127, total: total, hours: hours,
            languages: languages, games: games)
    }
}
