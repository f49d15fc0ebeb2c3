public import BSON
public import MongoDB
public import Primitives

/// Writes audit events, each signed from birth and numbered by its writer.
///
/// An event is written in the transaction of what it tells of, or before the answer. The HMAC under `audit-key` is over
/// the event's own bytes, its writer's id and running number included, so that one made up is refused and one removed
/// leaves a gap. A number is used once: when the fate of a write is unknown, the trail goes on as another writer.
public final class AuditTrail {
    private let events: MongoCollection
    private let keys: AuditKeys
    private let random: any RandomSource
    private var writer: UniqueID?
    private var last: Int64 = 0

    /// A trail signed with the present key, whose fingerprint goes into each event.
    public init(client: MongoClient, keys: AuditKeys, random: any RandomSource) {
        events = client.collection("passerelle", "audit")
        self.keys = keys
        self.random = random
    }

    /// The keyed hash that stands for a login which may not exist.
    public func pseudonym(ofFolded login: String) -> [UInt8] {
        Array(keys.current.mac(Array(("login:" + login).utf8)).prefix(16))
    }

    /// Writes one event by itself.
    public func write(_ event: AuditEvent) throws(MongoError) {
        try recording([event]) { (documents) throws(MongoError) in
            for document in documents { try events.insert(document) }
        }
    }

    /// Runs `body`, a transaction that inserts the events by ``insert(_:session:)``; numbers them once it is through.
    public func recording<Result, Failure: Error>(
        _ events: [AuditEvent], _ body: ([Document]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let first = events.first else { return try body([]) }
        let writer = self.writer ?? UniqueID(at: first.at, random: random)
        let base = self.writer == nil ? 0 : last
        let documents = events.enumerated().map { index, event in
            signed(event, writer: writer, number: base + Int64(index) + 1)
        }
        self.writer = nil
        let result = try body(documents)
        self.writer = writer
        last = base + Int64(events.count)
        return result
    }

    /// Inserts what ``recording(_:_:)`` signed, within its transaction.
    public func insert(_ documents: [Document], session: MongoSession) throws(MongoError) {
        try events.insertMany(documents, session: session)
    }

    private func signed(_ event: AuditEvent, writer: UniqueID, number: Int64) -> Document {
        var document = event.document(id: UniqueID(at: event.at, random: random), writer: writer, number: number)
        document.append("keyId", .string(keys.current.id))
        document.append("mac", .bytes(keys.current.mac(document.bytes)))
        document.append(SealedEvent.unsealedField, true)
        return document
    }
}
