import BSON
public import Installation
public import MongoDB
public import Primitives

/// The slots of the schedule, each granted to one of many gateways.
public struct Slots {
    /// How long a slot is remembered at least: longer than gateways' clocks can be apart.
    private static let memory: Duration = .seconds(7200)

    private let slots: MongoCollection

    /// The installation's slots.
    public init(_ installation: Installation) {
        slots = installation.collection("slots")
    }

    /// Whether `owner` gets the slot: true for the first who asks, and for him alone when he asks again, as after an
    /// answer that was lost. It stays granted for `lease`, two hours at least.
    public func grant(
        _ name: String, _ slot: Int64, to owner: String, for lease: Duration, at now: Timestamp
    ) throws(MongoError) -> Bool {
        let id: Document = ["name": .string(name), "slot": .int64(slot)]
        do throws(MongoError) {
            try slots.insert([
                "_id": .document(id), "owner": .string(owner), "grantedAt": .date(now),
                "expiresAt": .date(now.adding(max(lease, Self.memory))),
            ])
        } catch .duplicateKey {
            return try slots.findOne(["_id": .document(id), "owner": .string(owner)]) != nil
        }
        try slots.update(Self.latest(of: name), ["$max": ["last": .int64(slot)]], upsert: true)
        return true
    }

    /// The latest slot that was granted under that name; `nil` where there was none.
    public func last(_ name: String) throws(MongoError) -> Int64? {
        try slots.findOne(Self.latest(of: name))?["last"]?.integer
    }

    /// The one document of a name that stays.
    private static func latest(of name: String) -> Document {
        ["_id": ["name": .string(name)]]
    }
}
