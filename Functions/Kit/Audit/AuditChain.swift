import BSON
public import MongoDB
public import Primitives

/// The events as one chain of keyed hashes, sealed after they are written, one sealer at a time.
public struct AuditChain {
    /// How many events one transaction seals.
    public static let batchSize = 1000

    let client: MongoClient
    let keys: AuditKeys
    let events: MongoCollection
    let heads: MongoCollection

    /// The chain of an installation's database.
    public init(client: MongoClient, keys: AuditKeys) {
        self.client = client
        self.keys = keys
        events = client.collection("passerelle", "audit")
        heads = client.collection("passerelle", "auditHeads")
    }

    /// The stored head; `nil` where it is not signed with our key.
    public func head() throws(MongoError) -> AuditHead? {
        guard let stored = try heads.findOne(["_id": .string(AuditHead.id)], readConcern: .majority) else {
            return .beginning
        }
        return AuditHead(stored, keys)
    }

    /// How many events wait to be sealed, and the oldest one's time.
    public func unsealed() throws(MongoError) -> (count: Int, oldest: Timestamp?) {
        let waiting: Document = [SealedEvent.unsealedField: true]
        let oldest = try events.findOne(waiting, projection: ["at": 1], sort: ["_id": 1])
        return (try events.count(waiting), oldest?["at"]?.date)
    }
}
