import PlayersDomain
import Primitives

/// A player in the fixed-width numbers that the snapshot keeps.
struct PackedProfile {
    let id: PackedID
    /// Seconds since the epoch; 0 for one who is out.
    var seen: UInt32
    /// Days since the epoch.
    let adultFrom: Int32
    let preferences: UInt8
    /// The sum of the weights of all games.
    let total: UInt16
    let hours: [UInt64]
    let languages: [UInt64]
    let games: [PackedGame]

    /// How much later than true the last sight is noted, so that one note a day is enough; whoever is shown is read and
    /// judged anew.
    static let slack: Int64 = 86_400

    init(_ profile: SnapshotProfile) {
        id = PackedID(profile.accountID)
        seen = Self.seen(profile.lastSeenAt)
        adultFrom = Int32(clamping: profile.adultFrom.seconds.floorDivided(by: 86_400))
        preferences = PackedPreferences.pack(profile.scored.preferences)
        hours = profile.scored.hours.words
        languages = PackedPreferences.languages(profile.scored.preferences.languages)
        games = profile.scored.games.map { PackedGame(name: $0.gameID, level: PackedGame.level($0)) }
        total = UInt16(clamping: profile.scored.games.reduce(0) { $0 + $1.weight.rawValue })
    }

    init(
        id: PackedID, seen: UInt32, adultFrom: Int32, preferences: UInt8, total: UInt16, hours: [UInt64],
        languages: [UInt64], games: [PackedGame]
    ) {
        self.id = id
        self.seen = seen
        self.adultFrom = adultFrom
        self.preferences = preferences
        self.total = total
        self.hours = hours
        self.languages = languages
        self.games = games
    }

    /// A last sight as it is noted.
    static func seen(_ time: Timestamp) -> UInt32 {
        UInt32(clamping: time.seconds + 1 + slack)
    }
}

/// An account's id as two numbers that sort as the ids do.
struct PackedID: Hashable, Comparable, BitwiseCopyable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ id: UniqueID) {
        high = id.bytes[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
        low = id.bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    var id: UniqueID {
        let bytes = [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
        return UniqueID(bytes: bytes) ?? .zero
    }

    static func < (one: PackedID, other: PackedID) -> Bool {
        one.high == other.high ? one.low < other.low : one.high < other.high
    }
}

/// A game of a library: its id, and weight and rank in nine bits.
struct PackedGame: Hashable {
    let name: String
    let level: UInt16

    static let levels = 512

    static func level(_ game: PlayedGame) -> UInt16 {
        UInt16(game.weight.rawValue >> 1) << 7 | UInt16(game.rank)
    }

    static func weight(_ level: Int) -> Int { 1 << (level >> 7) }
    static func rank(_ level: Int) -> Int { level & 127 }
}

extension Int64 {
    func floorDivided(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : (self + 1) / divisor - 1
    }
}
