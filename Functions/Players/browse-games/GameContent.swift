import JSON
import PlayersAnswering
import PlayersDomain

/// A game of the catalogue as an admin sends it.
struct GameContent: JSONObjectReadable {
    private let name: String
    private let categories: [String]
    private let ranks: [RankContent]

    init(members: inout JSONMembers) throws(JSONError) {
        name = try members.checked("name", "must be 1 to 100 characters") { Self.isName($0, atMost: 100) }
        categories = try members.required("categories")
        guard categories.count <= 10, Set(categories).count == categories.count,
            categories.allSatisfy({ GameID(parsing: $0) != nil })
        else {
            throw JSONError("must be at most 10 words of small letters, digits and hyphens").inside("categories")
        }
        ranks = try members.required("ranks")
        guard ranks.count <= 50, Set(ranks.map(\.name)).count == ranks.count else {
            throw JSONError("must be at most 50 ranks, no name twice").inside("ranks")
        }
    }

    func game(_ id: GameID) -> Game {
        Game(
            id: id, name: name, categories: categories,
            ranks: ranks.map { Game.Rank(name: $0.name, rank: $0.rank) })
    }

    fileprivate static func isName(_ text: String, atMost length: Int) -> Bool {
        (1...length).contains(text.unicodeScalars.count)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}

/// A step of a ladder as an admin sends it.
private struct RankContent: JSONObjectReadable {
    let name: String
    let rank: Int

    init(members: inout JSONMembers) throws(JSONError) {
        name = try members.checked("name", "must be 1 to 60 characters") { GameContent.isName($0, atMost: 60) }
        guard let rank = try members.number("rank", in: 0...100) else { throw JSONError("is missing").inside("rank") }
        self.rank = rank
    }
}

extension Game {
    /// The game as everybody sees it.
    var json: JSONValue {
        [
            "gameId": .string(id.text), "name": .string(name), "categories": .array(categories.map(JSONValue.string)),
            "ranks": .array(ranks.map { ["name": .string($0.name), "rank": .integer(Int64($0.rank))] }),
        ]
    }
}
