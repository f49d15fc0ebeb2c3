import BSON
public import PlayersDomain
public import Primitives

/// What lies between two players as it is stored: one document for each pair, so that one change settles it.
public struct Relation: Sendable {
    /// The two, in the order of their ids.
    public let players: [UniqueID]
    /// The last request between them; `nil` where there is none.
    public internal(set) var request: Request?
    /// Which of the two have blocked the other.
    public internal(set) var blockedBy: [UniqueID]
    /// When they parted, by a refusal, a removal or a block.
    public internal(set) var partedAt: Timestamp?
    /// Counts the changes, from 1; 0 where nothing is stored yet.
    var version: Int64

    /// A request to play together.
    public struct Request: Sendable {
        /// Its id.
        public let id: UniqueID
        /// Who sent it.
        public let from: UniqueID
        /// Who answers it.
        public let to: UniqueID
        /// A note, still encrypted; `nil` where there is none.
        let note: BSONValue?
        /// When it was sent.
        public let createdAt: Timestamp
        /// How it stands.
        public internal(set) var status: Status
        /// When it was answered.
        public internal(set) var settledAt: Timestamp?
    }

    /// How a request stands.
    public enum Status: String, CaseIterable, Sendable {
        case pending, accepted, declined
    }

    /// Nothing yet between two players.
    init(_ one: UniqueID, _ other: UniqueID) {
        players = [one, other].sorted()
        blockedBy = []
        version = 0
    }

    /// The other one of the two.
    public func other(than player: UniqueID) -> UniqueID? {
        players.first { $0 != player }
    }

    /// What the rules on who may see whom look at.
    public var bond: Bond {
        if !blockedBy.isEmpty { return .blocked }
        switch request?.status {
        case .pending: return .pending
        case .accepted: return .teammates
        default: return partedAt.map(Bond.declined) ?? .none
        }
    }

    /// The pair's `_id`: both ids, the lower one first.
    var id: BSONValue { .bytes(players.flatMap(\.bytes)) }
}

extension Relation {
    init?(_ document: Document) {
        guard let version = document["version"]?.integer else { return nil }
        players = (document["players"]?.array ?? []).compactMap(\.id)
        guard players.count == 2 else { return nil }
        self.version = version
        blockedBy = (document["blockedBy"]?.array ?? []).compactMap(\.id)
        partedAt = document["partedAt"]?.date
        request = document["request"]?.document.flatMap(Request.init)
    }

    /// The document as it is stored next, one version on.
    var next: Document {
        var document: Document = [
            "_id": id, "version": .int64(version + 1), "players": .array(players.map(BSONValue.id)),
            "blockedBy": .array(blockedBy.map(BSONValue.id)),
        ]
        document["partedAt"] = partedAt.map(BSONValue.date)
        document["request"] = request.map { .document($0.document) }
        return document
    }
}

extension Relation.Request {
    fileprivate init?(_ document: Document) {
        guard let id = document["id"]?.id, let from = document["from"]?.id, let to = document["to"]?.id,
            let createdAt = document["createdAt"]?.date,
            let status = document["status"]?.string.flatMap(Relation.Status.init(rawValue:))
        else { return nil }
        self.id = id
        self.from = from
        self.to = to
        self.createdAt = createdAt
        self.status = status
        note = document["note"]
        settledAt = document["settledAt"]?.date
    }

    fileprivate var document: Document {
        var document: Document = [
            "id": .id(id), "from": .id(from), "to": .id(to), "createdAt": .date(createdAt),
            "status": .string(status.rawValue),
        ]
        document["note"] = note
        document["settledAt"] = settledAt.map(BSONValue.date)
        return document
    }
}
