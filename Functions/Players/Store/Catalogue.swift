import BSON
import Installation
public import MongoDB
public import PlayersDomain
import Primitives

/// The games that there are.
public struct Catalogue {
    let client: MongoClient
    let games: MongoCollection
    /// Tells that the starting games have been put in.
    let imports: MongoCollection

    /// The catalogue of an installation's database.
    public init(_ client: MongoClient) {
        self.client = client
        games = client.collection(Installation.database, "games")
        imports = client.collection(Installation.database, "game-imports")
    }

    /// The game of that id; `nil` where there is none, or it is being removed.
    public func game(_ id: GameID) throws(MongoError) -> Game? {
        try games.findOne(["_id": .string(id.text), "removal": ["$exists": false]]).flatMap(Game.init)
    }

    /// The games of those ids, in no order.
    public func games(_ ids: [GameID]) throws(MongoError) -> [Game] {
        guard !ids.isEmpty else { return [] }
        return try games.find(["_id": ["$in": .array(ids.map { .string($0.text) })]]).compactMap(Game.init)
    }

    /// The names of those games that there are, by their ids.
    public func names(_ ids: [GameID]) throws(MongoError) -> [String: String] {
        guard !ids.isEmpty else { return [:] }
        var names: [String: String] = [:]
        let filter: Document = ["_id": ["$in": .array(ids.map { .string($0.text) })]]
        for game in try games.find(filter, projection: ["name": 1]) {
            if let id = game["_id"]?.string { names[id] = game["name"]?.string }
        }
        return names
    }

    /// The games behind `after` in the order of their ids: those whose name holds `query`, whatever its case, and which
    /// are of the category.
    public func list(
        query: String?, category: String?, after: String?, limit: Int
    ) throws(MongoError) -> [Game] {
        var filter: Document = [:]
        if let query { filter.append("folded", .regex(pattern: Self.literal(query.lowercased()), options: "")) }
        if let category { filter.append("categories", .string(category)) }
        if let after { filter.append("_id", ["$gt": .string(after)]) }
        return try games.find(filter, sort: ["_id": 1], limit: limit).compactMap(Game.init)
    }

    /// Puts a game into the catalogue, or in the place of the one with its id.
    public func put(_ game: Game) throws(MongoError) {
        try games.replace(["_id": .string(game.id.text)], with: game.document, upsert: true)
    }

    /// Says that a game is about to go: from now on nobody takes it up. False where it is not there.
    func announceRemoval(of id: GameID, _ token: UniqueID) throws(MongoError) -> Bool {
        try games.update(["_id": .string(id.text)], ["$set": ["removal": .id(token)]]).matched > 0
    }

    /// Lets the game stay, unless another removal was announced since.
    func takeBackRemoval(of id: GameID, _ token: UniqueID) throws(MongoError) {
        try games.update(["_id": .string(id.text), "removal": .id(token)], ["$unset": ["removal": ""]])
    }

    /// Takes a game out whose removal was announced; false where another removal was announced since.
    func remove(_ id: GameID, _ token: UniqueID) throws(MongoError) -> Bool {
        try games.delete(["_id": .string(id.text), "removal": .id(token)]) > 0
    }

    /// The text as a pattern that matches it literally.
    private static func literal(_ text: String) -> String {
        text.unicodeScalars.map { "\\x{" + String($0.value, radix: 16) + "}" }.joined()
    }
}

extension Game {
    init?(_ document: Document) {
        guard let id = document["_id"]?.string.flatMap(GameID.init(parsing:)), let name = document["name"]?.string
        else {
            return nil
        }
        let ranks = (document["ranks"]?.array ?? []).compactMap { rank -> Rank? in
            guard let name = rank.document?["name"]?.string, let rank = rank.document?["rank"]?.integer else {
                return nil
            }
            return Rank(name: name, rank: Int(rank))
        }
        self.init(
            id: id, name: name, categories: (document["categories"]?.array ?? []).compactMap(\.string), ranks: ranks)
    }

    var document: Document {
        let named: Document = ["_id": .string(id.text)]
        return named.merging(fields)
    }

    /// All but its id.
    var fields: Document {
        [
            "name": .string(name), "folded": .string(name.lowercased()),
            "categories": .array(categories.map(BSONValue.string)),
            "ranks": .array(ranks.map { ["name": .string($0.name), "rank": .integer($0.rank)] }),
        ]
    }
}
