public import BSON
public import Primitives

/// A message as it is stored: its text encrypted, or gone where it was deleted.
public struct StoredMessage: Sendable {
    /// Where it stands.
    public let place: Place
    /// Its id.
    public let id: UniqueID
    /// The account that sent it.
    public let sender: UniqueID
    /// The account that it went to; `nil` in a community.
    public let recipient: UniqueID?
    /// The id that the sender's program gave it.
    public let clientMessageID: UniqueID
    /// The keyed hash of target and text; `nil` once the sender is erased.
    public let repeatHash: [UInt8]?
    /// When it was sent.
    public let sentAt: Timestamp
    /// When it was deleted for everyone; `nil` where it was not.
    public let deletedAt: Timestamp?
    /// The encrypted text; `nil` once it was deleted.
    public let body: BSONValue?

    /// A place in a conversation.
    public struct Place: Hashable, Sendable {
        /// The conversation.
        public let conversation: UniqueID
        /// The number within it, from 1.
        public let seq: Int64

        /// Names the place.
        public init(conversation: UniqueID, seq: Int64) {
            self.conversation = conversation
            self.seq = seq
        }

        /// The message's `_id`.
        public var id: BSONValue { ["conversation": .id(conversation), "seq": .int64(seq)] }
    }

    /// Takes a new message as it is.
    public init(
        place: Place, id: UniqueID, sender: UniqueID, recipient: UniqueID?, clientMessageID: UniqueID,
        repeatHash: [UInt8], sentAt: Timestamp, body: BSONValue
    ) {
        self.place = place
        self.id = id
        self.sender = sender
        self.recipient = recipient
        self.clientMessageID = clientMessageID
        self.repeatHash = repeatHash
        self.sentAt = sentAt
        deletedAt = nil
        self.body = body
    }
}

extension StoredMessage {
    /// Reads a stored document; `nil` for anything else.
    public init?(_ document: Document) {
        guard let place = document["_id"]?.document.flatMap(Place.init), let id = document["messageId"]?.id,
            let sender = document["sender"]?.id, let clientMessageID = document["clientMessageId"]?.id,
            let sentAt = document["sentAt"]?.date
        else { return nil }
        self.place = place
        self.id = id
        self.sender = sender
        recipient = document["recipient"]?.id
        self.clientMessageID = clientMessageID
        repeatHash = document["repeat"]?.binary
        self.sentAt = sentAt
        deletedAt = document["deletedAt"]?.date
        body = document["body"]
    }

    /// The document that is stored.
    public var document: Document {
        var document: Document = ["_id": place.id, "messageId": .id(id), "sender": .id(sender)]
        if let recipient {
            document.append("recipient", .id(recipient))
        } else {
            document.append("community", .id(place.conversation))
        }
        document.append("clientMessageId", .id(clientMessageID))
        document["repeat"] = repeatHash.map(BSONValue.bytes)
        document.append("sentAt", .date(sentAt))
        document["body"] = body
        document["deletedAt"] = deletedAt.map(BSONValue.date)
        return document
    }
}

extension StoredMessage.Place {
    /// Reads a message's `_id`; `nil` for anything else.
    public init?(_ id: Document) {
        guard let conversation = id["conversation"]?.id, let seq = id["seq"]?.integer else { return nil }
        self.init(conversation: conversation, seq: seq)
    }
}
