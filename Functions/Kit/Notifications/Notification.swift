public import BSON
public import Primitives

/// Something that an account's owner is told of.
public struct Notification: Sendable {
    /// What it tells.
    public enum Kind: String, CaseIterable, Sendable {
        /// Somebody asks to play together: `requestId`, `from`.
        case matchRequest = "match-request"
        /// Somebody accepted to play together: `requestId`, `from`.
        case matchAccepted = "match-accepted"
        /// Messages in a conversation that have not been read: `conversationId`, `from`, `seq` of the latest.
        case message
        /// The credentials end soon or have ended: `days`, `expiresAt`.
        case credentialsExpiring = "credentials-expiring"
        /// A login from a device that was not known: `sid`.
        case newDevice = "new-device"
    }

    /// For how long it is kept.
    public static let life: Duration = .seconds(90 * 86_400)

    /// Its id, which grows with time.
    public let id: UniqueID
    /// Whose it is.
    public let account: UniqueID
    /// What it tells.
    public let kind: Kind
    /// When that happened.
    public let at: Timestamp
    /// Ids, times and numbers alone.
    public let data: Document
    /// Whether its owner has seen it.
    public let isRead: Bool

    /// A new one, unread.
    public init(
        _ kind: Kind, to account: UniqueID, _ data: Document, at now: Timestamp, random: some RandomSource
    ) {
        id = UniqueID(at: now, random: random)
        self.account = account
        self.kind = kind
        at = now
        self.data = data
        isRead = false
    }
}

extension Notification {
    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let account = document["account"]?.id, let at = document["at"]?.date,
            let kind = document["type"]?.string.flatMap(Kind.init(rawValue:))
        else { return nil }
        self.id = id
        self.account = account
        self.kind = kind
        self.at = at
        data = document["data"]?.document ?? [:]
        isRead = document["read"]?.bool ?? false
    }

    var document: Document {
        [
            "_id": .id(id), "account": .id(account), "type": .string(kind.rawValue), "at": .date(at),
            "data": .document(data), "read": .bool(isRead),
        ]
    }
}
