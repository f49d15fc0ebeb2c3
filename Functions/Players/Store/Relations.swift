import BSON
import Installation
public import MongoDB
import Notifications
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
    /// leaves it as it is. What `telling` makes of the changed one is told in the same transaction.
    func change<Result>(
        _ one: UniqueID, _ other: UniqueID, telling: RelationNews? = nil,
        _ body: (Relation) throws -> (Relation?, Result)
    ) throws -> Result {
        for _ in 0..<Self.mostTries {
            let (changed, result) = try body(between(one, other))
            guard let changed else { return result }
            if try write(changed, telling) { return result }
        }
        throw MongoError.conflict("a pair's document changes all the time")
    }

    private func write(_ relation: Relation, _ telling: RelationNews?) throws(MongoError) -> Bool {
        do throws(MongoError) {
            guard let telling, let told = telling.notification(relation) else { return try write(relation, in: nil) }
            return try telling.installation.client.withTransaction { (session) throws(MongoError) in
                let isWritten = try write(relation, in: session)
                if isWritten { try Notifications(telling.installation).tell(told, session) }
                return isWritten
            }
        } catch .duplicateKey {
            return false
        }
    }

    /// False where the stored document is not the one that `relation` was read from.
    private func write(_ relation: Relation, in session: MongoSession?) throws(MongoError) -> Bool {
        guard relation.version > 0 else {
            try relations.insert(relation.next, session: session)
            return true
        }
        let condition: Document = ["_id": relation.id, "version": .int64(relation.version)]
        return try relations.replace(condition, with: relation.next, session: session).matched > 0
    }
}

/// What one of two players is told of a change between them.
struct RelationNews {
    let installation: Installation
    /// `nil` where there is nothing to tell.
    let notification: (Relation) -> Notification?
}
