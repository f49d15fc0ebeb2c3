import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore

/// A game of a library as its owner sends it.
struct EntryContent: JSONObjectReadable {
    private let level: Level
    private let rank: Int?
    private let rankName: String?
    private let weight: PlayedGame.Weight
    private let hoursPlayed: Int
    private let statistics: [LibraryEntry.Statistic]

    init(members: inout JSONMembers) throws(JSONError) {
        guard let level = try members.choice("level", as: Level.self) else {
            throw JSONError("is missing").inside("level")
        }
        self.level = level
        rank = try members.number("rank", in: 0...100)
        rankName = try members.optional("rankName", as: String.self)
        guard rank == nil || rankName == nil else { throw JSONError("cannot stand beside rank").inside("rankName") }
        guard let weight = PlayedGame.Weight(rawValue: try members.number("weight", in: 1...4) ?? 1) else {
            throw JSONError("must be 1, 2 or 4").inside("weight")
        }
        self.weight = weight
        hoursPlayed = try members.number("hoursPlayed", in: 0...100_000) ?? 0
        statistics = try members.optional("statistics", as: StatisticsContent.self)?.statistics ?? []
    }

    /// The library's entry; throws for the name of a rank that the game's ladder does not have.
    func entry(of game: Game) throws(JSONError) -> LibraryEntry {
        let named = rankName.flatMap(game.rank(named:))
        guard rankName == nil || named != nil else {
            throw JSONError("is none of this game's ranks").inside("rankName")
        }
        return LibraryEntry(
            gameID: game.id, level: level, rank: rank ?? named, rankName: rankName, weight: weight,
            hoursPlayed: hoursPlayed, statistics: statistics)
    }
}

/// Numbers with names of the player's own choice.
private struct StatisticsContent: JSONReadable {
    let statistics: [LibraryEntry.Statistic]

    init(json: JSONValue) throws(JSONError) {
        guard case .object(let object) = json else { throw JSONError("must be an object") }
        guard object.members.count <= 20 else { throw JSONError("must be at most 20 numbers") }
        var statistics: [LibraryEntry.Statistic] = []
        for member in object.members {
            guard ProfileText.isDisplayName(member.name) else {
                throw JSONError("has a name not of 1 to 40 characters")
            }
            statistics.append(.init(name: member.name, value: try Self.number(member.value, member.name)))
        }
        self.statistics = statistics
    }

    private static func number(_ json: JSONValue, _ name: String) throws(JSONError) -> Double {
        switch json {
        case .integer(let integer): return Double(integer)
        case .number(let number) where number.isFinite: return number
        default: throw JSONError("must be a number").inside(name)
        }
    }
}
