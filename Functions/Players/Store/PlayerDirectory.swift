public import BSON
public import Installation
public import MongoDB
public import PlayersDomain
public import Primitives

/// Players as other packs ask about them: without accounts, zones or scores.
public struct PlayerDirectory {
    private let players: MongoCollection
    /// What lies between players.
    public let relations: Relations
    /// The games that libraries name.
    public let catalogue: Catalogue

    /// The players of an installation.
    public init(_ installation: Installation) {
        players = installation.collection("players")
        relations = Relations(relations: installation.collection("relations"))
        catalogue = Catalogue(installation.client)
    }

    /// The player of that account; `nil` where nothing is stored.
    public func player(_ id: UniqueID) throws(MongoError) -> StoredPlayer? {
        try players.findOne(["_id": .id(id)]).flatMap(StoredPlayer.init)
    }

    /// The names that those players show; those without a profile are left out.
    public func displayNames(_ ids: [UniqueID]) throws(MongoError) -> [UniqueID: String] {
        guard !ids.isEmpty else { return [:] }
        var names: [UniqueID: String] = [:]
        let filter: Document = ["_id": ["$in": .array(ids.map(BSONValue.id))]]
        for player in try players.find(filter, projection: ["profile.displayName": 1]) {
            guard let id = player["_id"]?.id else { continue }
            names[id] = player["profile"]?.document?["displayName"]?.string
        }
        return names
    }

    /// When those players come of age, in no order; those without a profile are left out.
    public func adultsFrom(_ ids: [UniqueID]) throws(MongoError) -> [Timestamp] {
        let filter: Document = ["_id": ["$in": .array(ids.map(BSONValue.id))]]
        return try players.find(filter, projection: ["profile.adultFrom": 1]).compactMap {
            $0["profile"]?.document?["adultFrom"]?.date
        }
    }

    /// The games in a player's library, in its order, and when he comes of age; `nil` where he has no profile.
    public func games(of id: UniqueID) throws(MongoError) -> (games: [String], adultFrom: Timestamp)? {
        let members: Document = ["library.gameId": 1, "profile.adultFrom": 1]
        guard let player = try players.findOne(["_id": .id(id)], projection: members),
            let adultFrom = player["profile"]?.document?["adultFrom"]?.date
        else { return nil }
        return ((player["library"]?.array ?? []).compactMap { $0.document?["gameId"]?.string }, adultFrom)
    }

    /// When a player who has the game comes of age; `nil` where he has not, or has no profile.
    public func adultFrom(_ id: UniqueID, playing game: GameID) throws(MongoError) -> Timestamp? {
        Self.adultFrom(in: try players.findOne(["_id": .id(id)], projection: Self.members(game)))
    }

    /// What finds that, to be read by ``adultFrom(in:)``.
    public func adultFromLookup(_ id: UniqueID, playing game: GameID) -> Lookup {
        players.lookup(["_id": .id(id)], projection: Self.members(game))
    }

    /// When the player that was found comes of age; `nil` where he has not the game that was asked for.
    public static func adultFrom(in player: Document?) -> Timestamp? {
        guard let player, player["library"]?.array?.isEmpty == false else { return nil }
        return player["profile"]?.document?["adultFrom"]?.date
    }

    /// The game is looked for in what is shown: asked for in the filter, it would make the server weigh two indexes.
    private static func members(_ game: GameID) -> Document {
        ["profile.adultFrom": 1, "library": ["$elemMatch": ["gameId": .string(game.text)]]]
    }

    /// Players who have the game, are of age or not, and do not hide, in the order of their ids behind `after`.
    public func playing(
        _ game: GameID, areAdults: Bool, at now: Timestamp, after: UniqueID?, limit: Int
    ) throws(MongoError) -> [StoredPlayer] {
        var filter = Self.filter(game, areAdults, now)
        if let after { filter.append("_id", ["$gt": .id(after)]) }
        return try players.find(filter, sort: ["_id": 1], limit: limit, projection: ["library": 0])
            .compactMap(StoredPlayer.init)
    }

    /// How many such players there are; counts to `limit`.
    public func count(_ game: GameID, areAdults: Bool, at now: Timestamp, limit: Int) throws(MongoError) -> Int {
        let answer = try players.aggregate([
            ["$match": .document(Self.filter(game, areAdults, now))], ["$limit": .integer(limit)],
            ["$count": "count"],
        ])
        return Int(answer.first?["count"]?.integer ?? 0)
    }

    private static func filter(_ game: GameID, _ areAdults: Bool, _ now: Timestamp) -> Document {
        [
            "library.gameId": .string(game.text), "profile.visibility": "public",
            "profile.adultFrom": areAdults ? ["$lte": .date(now)] : ["$gt": .date(now)],
        ]
    }
}
