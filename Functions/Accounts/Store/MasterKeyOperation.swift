import BSON
public import Primitives

/// A rotation of the master key: every data key wrapped anew, in sweeps that survive a crash.
public struct MasterKeyOperation: Sendable {
    static let kind = "master-key"

    /// The operation's id.
    public let id: UniqueID
    /// Where it stands; failed where some data keys are under neither master key, or the master key was changed again.
    public internal(set) var status: Operation.Status
    /// How many data keys it has wrapped anew.
    public internal(set) var rewrapped: Int64
    /// How many data keys the present sweep met that are under neither master key.
    public internal(set) var foreign: Int64
    /// When it was ordered.
    let startedAt: Timestamp
    /// Who ordered it.
    public let orderedBy: UniqueID
    /// The fingerprint of the master key that all data keys are to be under.
    let fingerprint: String
    /// How many data keys under the old master key the present sweep has met; a whole sweep without one is the last.
    var found: Int64
    /// The last data key that the present sweep has looked at.
    var cursor: UniqueID?

    /// Whether `master-key-previous` opens nothing any more and may be taken away.
    public var previousMayGo: Bool { status == .done }
}

extension MasterKeyOperation {
    init(id: UniqueID, fingerprint: String, orderedBy: UniqueID, startedAt: Timestamp) {
        self.id = id
        self.fingerprint = fingerprint
        self.orderedBy = orderedBy
        self.startedAt = startedAt
        status = .running
        rewrapped = 0
        foreign = 0
        found = 0
    }

    init?(_ document: Document) {
        guard document["kind"]?.string == Self.kind, let id = document["_id"]?.id,
            let status = document["status"]?.string.flatMap(Operation.Status.init(rawValue:)),
            let rewrapped = document["rewrapped"]?.integer, let foreign = document["foreign"]?.integer,
            let orderedBy = document["orderedBy"]?.id, let fingerprint = document["fingerprint"]?.string,
            let found = document["found"]?.integer, let startedAt = document["startedAt"]?.date
        else { return nil }
        self.id = id
        self.status = status
        self.rewrapped = rewrapped
        self.foreign = foreign
        self.orderedBy = orderedBy
        self.fingerprint = fingerprint
        self.found = found
        self.startedAt = startedAt
        cursor = document["cursor"]?.id
    }

    var document: Document {
        [
            "_id": .id(id), "kind": .string(Self.kind), "status": .string(status.rawValue),
            "rewrapped": .int64(rewrapped), "foreign": .int64(foreign), "orderedBy": .id(orderedBy),
            "fingerprint": .string(fingerprint), "found": .int64(found), "startedAt": .date(startedAt),
            "cursor": cursor.map(BSONValue.id) ?? .null,
        ]
    }
}
