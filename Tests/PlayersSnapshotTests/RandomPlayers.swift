import PlayersDomain
import PlayersSnapshot
import Primitives

/// Players drawn by chance, so alike that many fit equally well.
struct RandomPlayers {
    static let now = Timestamp(milliseconds: 1_800_000_000_000)
    private var random: SeededNumbers

    init(_ seed: UInt64) {
        random = SeededNumbers(seed)
    }

    mutating func next(_ id: UniqueID) -> SnapshotProfile {
        let birth = Bool.random(using: &random) ? -1 : Int64(1)
        let days = Int64([0, 5, 29, 30, 31, 32, 60].randomElement(using: &random) ?? 0)
        return SnapshotProfile(
            accountID: id,
            adultFrom: Self.now.adding(.seconds(birth * 86_400 * Int64.random(in: 1...900, using: &random))),
            lastSeenAt: Self.now.adding(.seconds(-days * 86_400)), scored: scored())
    }

    mutating func ids(_ count: Int) -> [UniqueID] {
        var ids: Set<UniqueID> = []
        while ids.count < count {
            let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
            if let id = UniqueID(bytes: bytes) { ids.insert(id) }
        }
        return ids.sorted()
    }

    mutating func index(below count: Int) -> Int {
        Int.random(in: 0..<count, using: &random)
    }

    private mutating func scored() -> ScoredProfile {
        let names = (0..<30).shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random))
        let games = names.map { name in
            PlayedGame(
                gameID: "game-\(name)", level: Level.allCases.randomElement(using: &random) ?? .beginner,
                rank: Bool.random(using: &random) ? Int.random(in: 0...100, using: &random) : nil,
                weight: PlayedGame.Weight.allCases.randomElement(using: &random) ?? .plays)
        }
        let start = Int.random(in: 0..<330, using: &random)
        let hours = (0..<Int.random(in: 0...40, using: &random)).map { (start + $0) % WeekHours.count }
        let languages = ["de", "en", "fr", "zu"].shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        return ScoredProfile(
            games: games, hours: WeekHours(hours),
            preferences: Preferences(
                languages: Set(languages), region: (Region.allCases + [nil]).randomElement(using: &random) ?? nil,
                playStyle: (PlayStyle.allCases + [nil]).randomElement(using: &random) ?? nil,
                voiceChat: (VoiceChat.allCases + [nil]).randomElement(using: &random) ?? nil))
    }
}

/// Numbers that look random and come again with the same seed (splitmix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
