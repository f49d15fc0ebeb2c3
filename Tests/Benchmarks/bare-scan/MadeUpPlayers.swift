import PlayersDomain
import PlayersSnapshot
import Primitives

/// Players with games by Zipf's law over 500, 5.6 each, and everything else filled in; the same ones in each run.
struct MadeUpPlayers {
    static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private static let games = 500
    private var random = Sequence()
    private let shares: [Double]

    init() {
        let weights = (1...Self.games).map { 1 / Double($0) }
        let sum = weights.reduce(0, +)
        var shares: [Double] = []
        for weight in weights { shares.append((shares.last ?? 0) + weight / sum) }
        self.shares = shares
    }

    mutating func next(_ number: Int) -> SnapshotProfile {
        let id = (0..<16).map { UInt8(truncatingIfNeeded: number >> (8 * (15 - $0))) }
        let count = 4 + Int.random(in: 0...3, using: &random) + (Int.random(in: 0..<10, using: &random) == 0 ? 1 : 0)
        var names: Set<Int> = []
        while names.count < count { names.insert(game()) }
        let games = names.map { name in
            PlayedGame(
                gameID: "game-\(name)", level: .beginner, rank: Int.random(in: 0...100, using: &random),
                weight: [.plays, .often, .favourite][Int.random(in: 0..<3, using: &random)])
        }
        let scored = ScoredProfile(games: games, hours: hours(), preferences: preferences())
        let born: Int64 = Int.random(in: 0..<10, using: &random) == 0 ? 1 : -1
        return SnapshotProfile(
            accountID: UniqueID(bytes: id) ?? .zero, adultFrom: Self.now.adding(.seconds(born * 86_400 * 1000)),
            lastSeenAt: Self.now, scored: scored)
    }

    private mutating func game() -> Int {
        let drawn = Double.random(in: 0..<1, using: &random)
        var range = 0..<Self.games - 1
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = shares[middle] < drawn ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    private mutating func hours() -> WeekHours {
        var hours = WeekHours()
        for _ in 0..<3 {
            let start = Int.random(in: 0..<330, using: &random)
            for halfHour in start..<start + 6 { hours.insert(halfHour) }
        }
        return hours
    }

    private mutating func preferences() -> Preferences {
        let languages = ["en", "fr", "de", "es", "it", "pl"]
        return Preferences(
            languages: Set((0..<2).map { _ in languages[Int.random(in: 0..<6, using: &random)] }),
            region: Region.allCases.randomElement(using: &random),
            playStyle: PlayStyle.allCases.randomElement(using: &random),
            voiceChat: VoiceChat.allCases.randomElement(using: &random))
    }
}

/// Numbers that look random and are the same in each run (SplitMix64).
private struct Sequence: RandomNumberGenerator {
    private var state: UInt64 = 7

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
