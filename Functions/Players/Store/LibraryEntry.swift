import BSON
public import PlayersDomain

/// A game of a player's library as it is stored.
public struct LibraryEntry: Hashable, Sendable {
    /// Which game.
    public var gameID: GameID
    /// How well it is played.
    public var level: Level
    /// The rank that was given, 0 to 100.
    public var rank: Int?
    /// The name of that rank, where it was given by name.
    public var rankName: String?
    /// How much it is played.
    public var weight: PlayedGame.Weight
    /// For how many hours it was played.
    public var hoursPlayed: Int
    /// Numbers of the player's own choice, in order.
    public var statistics: [Statistic]

    /// A number with a name.
    public struct Statistic: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// The number.
        public let value: Double

        /// Takes both as they are.
        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// Takes everything as it is.
    public init(
        gameID: GameID, level: Level, rank: Int?, rankName: String?, weight: PlayedGame.Weight, hoursPlayed: Int,
        statistics: [Statistic]
    ) {
        self.gameID = gameID
        self.level = level
        self.rank = rank
        self.rankName = rankName
        self.weight = weight
        self.hoursPlayed = hoursPlayed
        self.statistics = statistics
    }

    /// The game as the score sees it.
    public var played: PlayedGame {
        PlayedGame(gameID: gameID.text, level: level, rank: rank, weight: weight)
    }
}

extension LibraryEntry {
    init?(_ document: Document) {
        guard let gameID = document["gameId"]?.string.flatMap(GameID.init(parsing:)),
            let level = document["level"]?.string.flatMap(Level.init(rawValue:)),
            let weight = document["weight"]?.integer.flatMap({ PlayedGame.Weight(rawValue: Int($0)) })
        else { return nil }
        self.gameID = gameID
        self.level = level
        self.weight = weight
        rank = document["rank"]?.integer.map { Int($0) }
        rankName = document["rankName"]?.string
        hoursPlayed = Int(document["hoursPlayed"]?.integer ?? 0)
        statistics = (document["statistics"]?.array ?? []).compactMap { entry in
            guard let name = entry.document?["name"]?.string, let value = entry.document?["value"]?.double else {
                return nil
            }
            return Statistic(name: name, value: value)
        }
    }

    var document: Document {
        var document: Document = [
            "gameId": .string(gameID.text), "level": .string(level.rawValue), "weight": .integer(weight.rawValue),
            "hoursPlayed": .integer(hoursPlayed),
            "statistics": .array(statistics.map { ["name": .string($0.name), "value": .double($0.value)] }),
        ]
        document["rank"] = rank.map(BSONValue.integer)
        document["rankName"] = rankName.map(BSONValue.string)
        return document
    }
}
