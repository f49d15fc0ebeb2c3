import PlayersDomain

/// A profile drawn by chance, with all that the independent scorer needs to know.
struct RandomProfile {
    struct Game {
        let id: String
        let level: Level
        let rank: Int?
        let weight: PlayedGame.Weight

        var played: PlayedGame { PlayedGame(gameID: id, level: level, rank: rank, weight: weight) }

        init(id: String, using random: inout some RandomNumberGenerator) {
            self.id = id
            level = Level.allCases.randomElement(using: &random) ?? .beginner
            rank = Bool.random(using: &random) ? Int.random(in: 0...100, using: &random) : nil
            weight = PlayedGame.Weight.allCases.randomElement(using: &random) ?? .plays
        }
    }

    var games: [Game]
    var hours: Set<Int>
    var preferences: Preferences

    init(using random: inout some RandomNumberGenerator) {
        let ids = (0..<12).shuffled(using: &random).prefix(Int.random(in: 0...7, using: &random))
        games = ids.map { Game(id: "game-\($0)", using: &random) }
        hours = Set((0..<Int.random(in: 0...60, using: &random)).map { _ in Int.random(in: 0..<80, using: &random) })
        let languages = ["de", "en", "es", "fr"].shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        preferences = Preferences(
            languages: Set(languages), region: (Region.allCases + [nil, nil]).randomElement(using: &random) ?? nil,
            playStyle: (PlayStyle.allCases + [nil]).randomElement(using: &random) ?? nil,
            voiceChat: (VoiceChat.allCases + [nil]).randomElement(using: &random) ?? nil)
    }

    var scored: ScoredProfile {
        ScoredProfile(games: games.map(\.played), hours: WeekHours(hours), preferences: preferences)
    }

    /// JSON as the scripts read it.
    var json: String {
        let games = games.map {
            "\"\($0.id)\":{\"level\":\"\($0.level.rawValue)\",\"rank\":\($0.rank.map(String.init) ?? "null"),"
                + "\"weight\":\($0.weight.rawValue)}"
        }
        return "{\"games\":{\(games.joined(separator: ","))},\"hours\":\(hours.sorted()),"
            + "\"languages\":\(preferences.languages.sorted()),\"region\":\(text(preferences.region?.rawValue)),"
            + "\"playStyle\":\(text(preferences.playStyle?.rawValue)),"
            + "\"voiceChat\":\(text(preferences.voiceChat?.rawValue))}"
    }

    private func text(_ value: String?) -> String {
        value.map { "\"\($0)\"" } ?? "null"
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
