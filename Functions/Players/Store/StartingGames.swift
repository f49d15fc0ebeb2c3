import PlayersDomain

/// The games that a catalogue starts with.
enum StartingGames {
    /// All of them, in the order of their ids.
    static let all: [Game] = (fromAToG + fromGToZ).compactMap(\.game)

    /// A game in short: its categories parted by spaces, its ladder's names by bars, the lowest first.
    struct Entry {
        let id: String
        let name: String
        let categories: String
        let ladder: String

        init(_ id: String, _ name: String, _ categories: String, _ ladder: String = "") {
            self.id = id
            self.name = name
            self.categories = categories
            self.ladder = ladder
        }

        /// The game; the steps of its ladder lie evenly from 0 to 100.
        var game: Game? {
            guard let id = GameID(parsing: id) else { return nil }
            let names = ladder.split(separator: "|").map(String.init)
            let ranks = names.enumerated().map { index, name in
                Game.Rank(name: name, rank: index * 100 / max(1, names.count - 1))
            }
            return Game(
                id: id, name: name, categories: categories.split(separator: " ").map(String.init), ranks: ranks)
        }
    }
}
