import BSON
public import Primitives

/// A change of many accounts that goes on in the background and survives a crash.
public struct Operation: Sendable {
    /// What becomes of the credentials.
    public enum Mode: String, Sendable {
        /// They are dead at once, and handed out anew.
        case now
        /// They lead to a renewal at the next right login.
        case nextLogin = "next-login"
    }

    /// Where an operation stands.
    public enum Status: String, Sendable {
        case running
        case done
        case failed
    }

    /// The operation's id.
    public let id: UniqueID
    /// What becomes of the credentials.
    public let mode: Mode
    /// Where it stands.
    public internal(set) var status: Status
    /// How many accounts it is about, counted at its start.
    public let matched: Int64
    /// How many it has changed.
    public internal(set) var rotated: Int64
    /// Who ordered it.
    public let orderedBy: UniqueID
    /// The accounts it is about.
    let filter: Document
    /// The last account that it has been through.
    var cursor: UniqueID?

    /// For how many accounts the hand-outs may be in the answer to the order.
    public static let mostAtOnce: Int64 = 100

    /// Whether an admin must ask for the hand-outs afterwards.
    public var handsOutLater: Bool { mode == .now && matched > Self.mostAtOnce }
}

extension Operation {
    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let mode = document["mode"]?.string.flatMap(Mode.init(rawValue:)),
            let status = document["status"]?.string.flatMap(Status.init(rawValue:)),
            let matched = document["matched"]?.integer, let rotated = document["rotated"]?.integer,
            let orderedBy = document["orderedBy"]?.id, let filter = document["filter"]?.document
        else { return nil }
        self.id = id
        self.mode = mode
        self.status = status
        self.matched = matched
        self.rotated = rotated
        self.orderedBy = orderedBy
        self.filter = filter
        cursor = document["cursor"]?.id
    }

    var document: Document {
        [
            "_id": .id(id), "kind": "rotation", "mode": .string(mode.rawValue), "status": .string(status.rawValue),
            "matched": .int64(matched), "rotated": .int64(rotated), "orderedBy": .id(orderedBy),
            "filter": .document(filter), "cursor": cursor.map(BSONValue.id) ?? .null,
        ]
    }
}
