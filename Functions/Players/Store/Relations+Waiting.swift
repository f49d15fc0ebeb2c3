import BSON
public import MongoDB
public import Primitives

extension Relations {
    /// How many requests wait for each of the players' answers; those whom none waits for are left out.
    public func waiting(for players: [UniqueID]) throws(MongoError) -> [UniqueID: Int] {
        guard !players.isEmpty else { return [:] }
        let pipeline: [Document] = [
            [
                "$match": [
                    "request.to": ["$in": .array(players.map(BSONValue.id))], "request.status": "pending",
                    "blockedBy": [],
                ]
            ],
            ["$group": ["_id": "$request.to", "count": ["$sum": 1]]],
        ]
        var waiting: [UniqueID: Int] = [:]
        for group in try relations.aggregate(pipeline) {
            if let id = group["_id"]?.id, let count = group["count"]?.integer { waiting[id] = Int(count) }
        }
        return waiting
    }
}
