public import AccountsDomain
public import Audit
import BSON
import FieldEncryption
import Installation
public import JSON
public import MongoDB
import Primitives

/// Which audit events are asked for.
public struct AskedEvents: Sendable {
    /// Those by or about this login's account, or about the login where there is none; `nil` for all.
    public var login: Login?
    /// Those of one type; `nil` for all.
    public var kind: AuditEvent.Kind?

    /// Asks for all events.
    public init() {}
}

/// A place in the list of events: sealed ones in the order of the chain, then the others by their ids.
public struct EventPosition: Sendable {
    let seq: Int64?
    let id: UniqueID

    /// The place of an event.
    public init(_ event: SealedEvent) {
        seq = event.seq
        id = event.document["_id"]?.id ?? UniqueID.zero
    }

    /// Reads what ``bytes`` gave; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 24, let id = UniqueID(bytes: Array(bytes[8...])) else { return nil }
        let seq = bytes[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        self.seq = seq > 0 ? seq : nil
        self.id = id
    }

    /// The place as bytes for a cursor.
    public var bytes: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: (seq ?? 0) >> (56 - 8 * $0)) } + id.bytes
    }
}

/// Reads the audit events for admins.
public struct AccountEvents {
    private let accounts: Accounts
    private let events: MongoCollection

    /// The events of the accounts' installation.
    public init(_ accounts: Accounts) {
        self.accounts = accounts
        events = accounts.installation.collection("audit")
    }

    /// The events behind a place, oldest first, those not yet sealed last; at most `limit`.
    public func list(
        _ asked: AskedEvents, after position: EventPosition?, limit: Int
    ) throws(MongoError) -> [SealedEvent] {
        let filter = try document(of: asked)
        var found: [Document] = []
        if position == nil || position?.seq != nil {
            let behind: Document = ["seq": ["$gt": .int64(position?.seq ?? 0)]]
            found = try events.find(filter.merging(behind), sort: ["seq": 1], limit: limit)
        }
        if found.count < limit {
            var unsealed = filter.merging(["unsealed": true])
            if let position, position.seq == nil { unsealed.append("_id", ["$gt": .id(position.id)]) }
            found += try events.find(unsealed, sort: ["_id": 1], limit: limit - found.count)
        }
        return found.map(SealedEvent.init)
    }

    /// An event as admins see it, with the caller's address in the clear where its key still is there.
    public func json(_ event: SealedEvent) -> JSONValue {
        let document = event.document
        return [
            "eventId": document["_id"]?.id.map { .string($0.description) } ?? .null,
            "seq": event.seq.map(JSONValue.integer) ?? .null,
            "at": document["at"]?.date.map { .string($0.description) } ?? .null,
            "type": document["type"]?.string.map(JSONValue.string) ?? .null,
            "actor": Self.party(document["actor"]), "subject": Self.party(document["subject"]),
            "outcome": document["outcome"]?.string.map(JSONValue.string) ?? .null,
            "clientAddress": address(in: document).map(JSONValue.string) ?? .null,
            "correlationId": document["correlationId"]?.string.map(JSONValue.string) ?? .null,
            "previousHash": event.previousHash.map { .string(Hex.encode($0)) } ?? .null,
            "hash": event.hash.map { .string(Hex.encode($0)) } ?? .null,
        ]
    }

    private func document(of asked: AskedEvents) throws(MongoError) -> Document {
        var filter: Document = [:]
        if let kind = asked.kind { filter.append("type", .string(kind.rawValue)) }
        guard let login = asked.login else { return filter }
        let pseudonym = accounts.installation.audit.pseudonym(ofFolded: login.folded)
        var parties: [BSONValue] = [["subject.login": .bytes(pseudonym)]]
        if let id = try accounts.id(of: login) {
            parties += [["subject.account": .id(id)], ["actor.account": .id(id)]]
        }
        filter.append("$or", .array(parties))
        return filter
    }

    private func address(in document: Document) -> String? {
        guard let sealed = document["clientAddress"] else { return nil }
        return accounts.address(sealed, of: document["addressOwner"]?.id)
    }

    private static func party(_ value: BSONValue?) -> JSONValue {
        guard let party = value?.document else { return .null }
        if let id = party["account"]?.id { return .string(id.description) }
        if let login = party["login"]?.binary { return .string(Hex.encode(login)) }
        return .string(party["system"] == nil ? "anyone" : "system")
    }
}
