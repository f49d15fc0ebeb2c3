/// A game of the catalogue.
public struct Game: Hashable, Sendable {
    /// Its name in addresses.
    public let id: GameID
    /// Its name.
    public let name: String
    /// What kind of game it is.
    public let categories: [String]
    /// Its ladder, from the lowest rank to the highest.
    public let ranks: [Rank]

    /// A step of a game's ladder.
    public struct Rank: Hashable, Sendable {
        /// What players call it.
        public let name: String
        /// How well whoever stands there plays, 0 to 100.
        public let rank: Int

        /// Takes both as they are.
        public init(name: String, rank: Int) {
            self.name = name
            self.rank = rank
        }
    }

    /// Takes everything as it is.
    public init(id: GameID, name: String, categories: [String], ranks: [Rank]) {
        self.id = id
        self.name = name
        self.categories = categories
        self.ranks = ranks
    }

    /// The rank of the step of that name; `nil` where the ladder has none.
    public func rank(named name: String) -> Int? {
        ranks.first { $0.name == name }?.rank
    }
}
