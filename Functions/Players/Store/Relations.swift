import BSON
public import MongoDB
import PlayersDomain
public import Primitives

/// What lies between players.
public struct Relations {
    let relations: MongoCollection
    private static let mostTries = 200

    /// What lies between two players; nothing where nothing is stored.
    public func between(_ one: UniqueID, _ other: UniqueID) throws(MongoError) -> Relation {
        let none = Relation(one, other)
        return try relations.findOne(["_id": none.id]).flatMap(Relation.init) ?? none
    }

    /// All that lies between a player and others.
    public func all(of player: UniqueID) throws(MongoError) -> [Relation] {
        try relations.find(["players": .id(player)]).compactMap(Relation.init)
    }

    /// The pairs of which a player is one and where either has blocked the other.
    public func blocked(_ player: UniqueID) throws(MongoError) -> [Relation] {
        try relations.find(["players": .id(player), "blockedBy.0": ["$exists": true]]).compactMap(Relation.init)
    }

    /// The pair that has that request; `nil` where there is none.
    public func withRequest(_ id: UniqueID) throws(MongoError) -> Relation? {
        try relations.findOne(["request.id": .id(id)]).flatMap(Relation.init)
    }

    /// How many requests wait for a player's answer.
    public func waiting(for player: UniqueID) throws(MongoError) -> Int {
        try relations.count(["request.to": .id(player), "request.status": "pending", "blockedBy": []])
    }

    /// Changes what lies between two players by `body`, which runs again where another change came between; `nil`
    /// leaves it as it is.
    func change<Result>(
        _ one: UniqueID, _ other: UniqueID, _ body: (Relation) throws -> (Relation?, Result)
    ) throws -> Result {
        for _ in 0..<Self.mostTries {
            let (changed, result) = try body(between(one, other))
            guard let changed else { return result }
            if try write(changed) { return result }
        }
        throw MongoError.conflict("a pair's document changes all the time")
    }

    private func write(_ relation: Relation) throws(MongoError) -> Bool {
        guard relation.version > 0 else {
            do throws(MongoError) {
                try relations.insert(relation.next)
                return true
            } catch .duplicateKey {
                return false
            }
        }
        let condition: Document = ["_id": relation.id, "version": .int64(relation.version)]
        return try relations.replace(condition, with: relation.next).matched > 0
    }
}
