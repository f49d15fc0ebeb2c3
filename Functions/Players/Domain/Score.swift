/// How well two players fit, in hundredths of a point: four parts whose sum is 0 to 10000.
public struct Score: Hashable, Sendable {
    /// What both want to play, 0 to 3500.
    public let games: Int
    /// How near their ranks are, 0 to 2500.
    public let skill: Int
    /// How much time they share, 0 to 2500.
    public let availability: Int
    /// Languages, region, style and voice, 0 to 1500.
    public let preferences: Int
    /// The half hours that both have, uncapped.
    public let overlap: Int
    /// The ids of the games that both play, in order.
    public let commonGames: [String]

    /// All four parts, 0 to 10000.
    public var total: Int { games + skill + availability + preferences }

    /// The whole points shown to people, 0 to 100.
    public var points: Int { total / 100 }

    /// Scores two players; the order of the two makes no difference.
    public init(_ one: ScoredProfile, _ other: ScoredProfile) {
        let common = one.common(with: other)
        games = Self.games(common, one, other)
        skill = Self.skill(common)
        availability = Self.availability(one.hours, other.hours)
        preferences = Self.preferences(one.preferences, other.preferences)
        overlap = one.hours.overlap(with: other.hours)
        commonGames = common.map(\.mine.gameID)
    }
}

extension Score {
    /// The harmonic mean of the shares of each side's weights that lie on common games.
    private static func games(
        _ common: [(mine: PlayedGame, other: PlayedGame)], _ one: ScoredProfile, _ other: ScoredProfile
    ) -> Int {
        guard !common.isEmpty else { return 0 }
        let mine = weight(common.map(\.mine))
        let others = weight(common.map(\.other))
        return 3500 * 2 * mine * others / (mine * weight(other.games) + others * weight(one.games))
    }

    private static func weight(_ games: [PlayedGame]) -> Int {
        games.reduce(0) { $0 + $1.weight.rawValue }
    }

    /// The mean nearness of ranks by weight; 75 steps apart is no nearness at all.
    private static func skill(_ common: [(mine: PlayedGame, other: PlayedGame)]) -> Int {
        guard !common.isEmpty else { return 0 }
        var near = 0
        var all = 0
        for (mine, other) in common {
            let weight = mine.weight.rawValue + other.weight.rawValue
            near += weight * max(0, 75 - abs(mine.rank - other.rank))
            all += weight
        }
        return 2500 * near / (75 * all)
    }

    /// The share of each side's time that both have; beyond 14 hours more time counts no more.
    private static func availability(_ one: WeekHours, _ other: WeekHours) -> Int {
        let enough = 28
        let sizes = min(enough, one.size) + min(enough, other.size)
        guard sizes > 0 else { return 0 }
        return 5000 * min(enough, one.overlap(with: other)) / sizes
    }

    private static func preferences(_ one: Preferences, _ other: Preferences) -> Int {
        (one.languages.isDisjoint(with: other.languages) ? 0 : 600) + regions(one.region, other.region)
            + styles(one.playStyle, other.playStyle) + voices(one.voiceChat, other.voiceChat)
    }

    private static func regions(_ one: Region?, _ other: Region?) -> Int {
        guard let one, let other else { return 0 }
        return one == other ? 400 : one.adjoins(other) ? 200 : 0
    }

    private static func styles(_ one: PlayStyle?, _ other: PlayStyle?) -> Int {
        guard let one, let other else { return 0 }
        if one == other { return 300 }
        return one == .any || other == .any ? 225 : 75
    }

    private static func voices(_ one: VoiceChat?, _ other: VoiceChat?) -> Int {
        guard let one, let other else { return 0 }
        if one == other { return 200 }
        return one == .optional || other == .optional ? 150 : 0
    }
}
