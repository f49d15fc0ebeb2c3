/// A game of a player's library, as far as the score looks at it.
public struct PlayedGame: Hashable, Sendable {
    /// The game's id in the catalogue.
    public let gameID: String
    /// How well it is played, 0 to 100.
    public let rank: Int
    /// How much it is played.
    public let weight: Weight

    /// How much a game is played.
    public enum Weight: Int, CaseIterable, Sendable {
        /// Now and then.
        case plays = 1
        /// Often.
        case often = 2
        /// A favourite.
        case favourite = 4
    }

    /// A game with the rank that was given, or the one that its level stands for.
    public init(gameID: String, level: Level, rank: Int? = nil, weight: Weight = .plays) {
        self.gameID = gameID
        self.rank = min(max(0, rank ?? level.rank), 100)
        self.weight = weight
    }
}

/// How well a game is played, by the player's own word.
public enum Level: String, CaseIterable, Sendable {
    case beginner, intermediate, advanced, expert

    /// The rank that counts where none is given.
    public var rank: Int {
        switch self {
        case .beginner: 12
        case .intermediate: 37
        case .advanced: 62
        case .expert: 87
        }
    }
}
