/// A player as the score sees him.
public struct ScoredProfile: Hashable, Sendable {
    /// His games in the order of their ids, none twice.
    public let games: [PlayedGame]
    /// When he has time.
    public let hours: WeekHours
    /// What he wishes for.
    public let preferences: Preferences

    /// Takes the games in any order; of several entries of one game the first counts.
    public init(games: [PlayedGame], hours: WeekHours = WeekHours(), preferences: Preferences = Preferences()) {
        var seen: Set<String> = []
        self.games = games.filter { seen.insert($0.gameID).inserted }.sorted { $0.gameID < $1.gameID }
        self.hours = hours
        self.preferences = preferences
    }

    /// The games that both play, in the order of their ids: mine and the other's.
    func common(with other: ScoredProfile) -> [(mine: PlayedGame, other: PlayedGame)] {
        var common: [(PlayedGame, PlayedGame)] = []
        var rest = other.games[...]
        for game in games {
            rest = rest.drop { $0.gameID < game.gameID }
            if let first = rest.first, first.gameID == game.gameID { common.append((game, first)) }
        }
        return common
    }
}
