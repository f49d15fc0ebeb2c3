import BSON
import Installation
public import MongoDB
public import Primitives

extension Players {
    /// What of a player the score and the filters need; the rest is not read.
    private static let needed: Document = [
        "version": 1, "library.gameId": 1, "library.level": 1, "library.rank": 1, "library.weight": 1,
        "profile.adultFrom": 1, "profile.visibility": 1, "profile.languages": 1, "profile.region": 1,
        "profile.playStyle": 1, "profile.voiceChat": 1, "profile.timeZone": 1, "profile.availability": 1,
    ]

    /// The players with those account ids, in no order; those of whom nothing is stored are left out.
    public func stored(_ ids: [UniqueID]) throws(MongoError) -> [StoredPlayer] {
        try players.find(["_id": ["$in": .array(ids.map(BSONValue.id))]]).compactMap(StoredPlayer.init)
    }

    /// The next players behind `id` in the order of their ids who have profile and games and do not hide, with what
    /// score and filters need alone.
    public func page(after id: UniqueID?, limit: Int) throws(MongoError) -> [StoredPlayer] {
        var filter: Document = [
            "profile.visibility": "public", "profile.adultFrom": ["$type": "date"], "library.0": ["$exists": true],
        ]
        if let id { filter.append("_id", ["$gt": .id(id)]) }
        return try players.find(filter, sort: ["_id": 1], limit: limit, projection: Self.needed)
            .compactMap(StoredPlayer.init)
    }

    /// About how many players there are, without looking at them.
    public func estimatedCount() throws(MongoError) -> Int {
        let reply = try installation.client.run(["count": .string(players.name)], on: players.database)
        return Int(reply["n"]?.integer ?? 0)
    }
}
