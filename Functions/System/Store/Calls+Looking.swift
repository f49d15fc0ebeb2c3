import BSON
public import MongoDB
public import Primitives

/// How full the queue is.
public struct QueueDepth: Equatable, Sendable {
    /// How many calls wait or are being made.
    public let waiting: Int
    /// How many have failed too often.
    public let dead: Int
    /// When the oldest of those that wait was taken in; `nil` where none does.
    public let oldest: Timestamp?
}

extension Calls {
    /// The calls of one status behind `after` in the order of their ids, without their content; at most `limit`.
    public func list(
        _ status: QueuedCall.Status, after: String?, limit: Int
    ) throws(MongoError) -> [QueuedCall] {
        var filter: Document = ["status": .string(status.rawValue)]
        if let after { filter.append("_id", ["$gt": .string(after)]) }
        return try calls.find(
            filter, sort: ["_id": 1], limit: limit, projection: ["body": 0, "headers": 0, "lease": 0]
        ).compactMap(QueuedCall.init)
    }

    /// The call of that id; `nil` where there is none.
    public func call(_ id: String) throws(MongoError) -> QueuedCall? {
        try calls.findOne(["_id": .string(id)], projection: ["body": 0, "headers": 0, "lease": 0])
            .flatMap(QueuedCall.init)
    }

    /// Makes a dead call due again, with all its attempts; false where it is not dead.
    public func revive(_ id: String, at now: Timestamp) throws(MongoError) -> Bool {
        let dead: Document = ["_id": .string(id), "status": .string(QueuedCall.Status.dead.rawValue)]
        guard let call = try calls.findOne(dead, projection: ["maxAttempts": 1]) else { return false }
        let change: Document = [
            "$set": [
                "status": .string(QueuedCall.Status.waiting.rawValue), "nextAt": .date(now),
                "left": call["maxAttempts"] ?? 1,
            ],
            "$unset": ["endedAt": true, "expiresAt": true],
        ]
        return try calls.update(dead, change).matched == 1
    }

    /// How full the queue is.
    public func depth() throws(MongoError) -> QueueDepth {
        let waiting: Document = ["status": .string(QueuedCall.Status.waiting.rawValue)]
        let oldest = try calls.aggregate([
            ["$match": .document(waiting)], ["$group": ["_id": .null, "oldest": ["$min": "$acceptedAt"]]],
        ]).first
        return QueueDepth(
            waiting: try calls.count(waiting),
            dead: try calls.count(["status": .string(QueuedCall.Status.dead.rawValue)]),
            oldest: oldest?["oldest"]?.date)
    }
}
