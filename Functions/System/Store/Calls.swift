import BSON
public import Installation
public import MongoDB
public import Primitives
import Runtime

/// Calls that were accepted to be made later: each is made at least once by one worker at a time, under a lease, and
/// kept until it is done or has failed too often.
public struct Calls {
    static let doneFor: Duration = .seconds(86_400)
    static let deadFor: Duration = .seconds(30 * 86_400)

    let calls: MongoCollection
    let random: any RandomSource

    /// The installation's queue.
    public init(_ installation: Installation) {
        calls = installation.collection("calls")
        random = installation.environment.random
    }

    /// Stores a call, acknowledged by a majority; the same id again changes nothing.
    public func store(_ call: QueuedCall) throws(MongoError) {
        do throws(MongoError) {
            try calls.insert(call.document)
        } catch .duplicateKey {
            return
        }
    }

    /// Takes at most `count` due calls for one worker, who has them to himself for `lease`; what was taken too often
    /// without an end is dead.
    public func take(_ count: Int, for lease: Duration, at now: Timestamp) throws(MongoError) -> [QueuedCall] {
        var due: Document = ["status": .string(QueuedCall.Status.waiting.rawValue), "nextAt": ["$lte": .date(now)]]
        try calls.updateMany(due.merging(["left": ["$lte": 0]]), Self.end(.dead, nil, at: now))
        due.append("left", ["$gt": 0])
        var taken: [QueuedCall] = []
        while taken.count < count {
            let hold: Document = [
                "$set": ["lease": .id(UniqueID(at: now, random: random)), "nextAt": .date(now.adding(lease))],
                "$inc": ["attempts": 1, "left": -1],
            ]
            guard let found = try calls.findAndUpdate(due, hold, sort: ["nextAt": 1]) else { break }
            if let call = QueuedCall(found) { taken.append(call) }
        }
        return taken
    }

    /// Ends a call that was made; false where the worker has it no longer.
    public func finish(
        _ id: String, _ lease: UniqueID, status: Int64?, at now: Timestamp
    ) throws(MongoError) -> Bool {
        try calls.update(Self.held(id, lease), Self.end(.done, status, at: now)).matched == 1
    }

    /// Puts a failed call off, or ends it where it was tried often enough, or `isFinal`; gives where it stands, `nil`
    /// where the worker has it no longer.
    public func fail(
        _ id: String, _ lease: UniqueID, status: Int64?, isFinal: Bool, at now: Timestamp
    ) throws(MongoError) -> QueuedCall.Status? {
        let held = Self.held(id, lease)
        guard let call = try calls.findOne(held, projection: ["attempts": 1, "left": 1]) else { return nil }
        guard !isFinal, call["left"]?.integer ?? 0 > 0 else {
            return try calls.update(held, Self.end(.dead, status, at: now)).matched == 1 ? .dead : nil
        }
        let next = now.adding(Self.pause(after: call["attempts"]?.integer ?? 1))
        var set: Document = ["nextAt": .date(next)]
        set["lastStatus"] = status.map(BSONValue.int64)
        let change: Document = ["$set": .document(set), "$unset": ["lease": true]]
        return try calls.update(held, change).matched == 1 ? .waiting : nil
    }

    /// How long to wait after the attempt of that number, from 1: a second, twice as long each time, ten minutes at
    /// most.
    public static func pause(after attempt: Int64) -> Duration {
        .seconds(min(Int64(1) << min(max(attempt - 1, 0), 20), 600))
    }

    private static func held(_ id: String, _ lease: UniqueID) -> Document {
        ["_id": .string(id), "lease": .id(lease), "status": .string(QueuedCall.Status.waiting.rawValue)]
    }

    /// The change that ends a call; one that is done need not keep what it carried.
    private static func end(_ status: QueuedCall.Status, _ answer: Int64?, at now: Timestamp) -> Document {
        var set: Document = [
            "status": .string(status.rawValue), "endedAt": .date(now),
            "expiresAt": .date(now.adding(status == .done ? doneFor : deadFor)),
        ]
        set["lastStatus"] = answer.map(BSONValue.int64)
        var unset: Document = ["lease": true, "nextAt": true]
        if status == .done { for name in ["body", "headers", "query"] { unset.append(name, true) } }
        return ["$set": .document(set), "$unset": .document(unset)]
    }
}
