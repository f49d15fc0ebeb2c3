public import BSON
import FieldEncryption
public import Installation
public import MongoDB
public import Primitives

/// Messages that were reported: each report has a copy of its own, sealed for admins under the installation's key, and
/// gone after 90 days.
public struct ReportedMessages {
    /// How long a copy is kept.
    public static let life: Duration = .seconds(90 * 86_400)
    /// The collection's indexes.
    public static let indexes = [MongoIndex(name: "lapse", keys: ["expiresAt": 1], expireAfterSeconds: 0)]
    /// The collection's name.
    public static let collection = "reportedMessages"

    private let installation: Installation
    private let copies: MongoCollection
    private let sealer: MessageSealer

    /// A message as a report shows it to an admin.
    public struct Copy: Equatable, Sendable {
        /// The message's id.
        public let messageID: UniqueID
        /// The conversation that it was sent in.
        public let conversation: UniqueID
        /// Who sent it.
        public let sender: UniqueID
        /// When it was sent.
        public let sentAt: Timestamp
        /// Its text.
        public let text: String
    }

    /// A message that can be reported, and where.
    public struct Found: Sendable {
        /// The message.
        public let message: StoredMessage
        /// Its conversation, whose members alone may report it.
        public let conversation: Conversation
    }

    /// The installation's copies.
    public init(_ installation: Installation) {
        self.installation = installation
        copies = installation.collection(Self.collection)
        sealer = MessageSealer(installation.encryption)
    }

    /// The message of that id; `nil` where there is none, or it was deleted.
    public func find(_ messageID: UniqueID) throws(MongoError) -> Found? {
        let found = try installation.collection("messages").findOne(
            ["messageId": .id(messageID)], readConcern: .majority)
        guard let message = found.flatMap(StoredMessage.init), message.body != nil,
            let conversation = try installation.collection("conversations")
                .findOne(["_id": .id(message.place.conversation)]).flatMap(Conversation.init)
        else { return nil }
        return Found(message: message, conversation: conversation)
    }

    /// The communities that an account has said something in; at most 100.
    public func communities(of sender: UniqueID) throws(MongoError) -> [Conversation] {
        let found = try installation.collection("messages").aggregate([
            ["$match": ["sender": .id(sender), "recipient": ["$exists": false]]],
            ["$group": ["_id": "$_id.conversation"]], ["$limit": 100],
        ])
        let ids = found.compactMap { $0["_id"] }
        guard !ids.isEmpty else { return [] }
        return try installation.collection("conversations").find(["_id": ["$in": .array(ids)]])
            .compactMap(Conversation.init)
    }

    /// The sealed copy that a report keeps, to be stored by ``keep(_:session:)``; throws where the text cannot be read.
    public func copy(_ found: Found, for report: UniqueID, at now: Timestamp) throws -> Document? {
        guard let text = try sealer.open(found.message, in: found.conversation) else { return nil }
        let key = try installation.ownKey()
        let sealed = try installation.encryption.encrypt(.string(text), at: Self.place(report, key), key: key)
        return [
            "_id": .id(report), "messageId": .id(found.message.id), "conversation": .id(found.conversation.id),
            "sender": .id(found.message.sender), "sentAt": .date(found.message.sentAt), "text": sealed,
            "expiresAt": .date(now.adding(Self.life)),
        ]
    }

    /// Stores a copy, in the transaction that stores its report where one is given.
    public func keep(_ copy: Document, session: MongoSession? = nil) throws(MongoError) {
        try copies.insert(copy, session: session)
    }

    /// Removes the copies of reports, in the transaction that removes them.
    public func remove(_ reports: [UniqueID], _ session: MongoSession) throws(MongoError) {
        guard !reports.isEmpty else { return }
        try copies.deleteMany(["_id": ["$in": .array(reports.map(BSONValue.id))]], session: session)
    }

    /// The copy that a report keeps; `nil` once it is gone. Throws where it is not where it was written.
    public func open(_ report: UniqueID) throws -> Copy? {
        guard let copy = try copies.findOne(["_id": .id(report)]), let messageID = copy["messageId"]?.id,
            let conversation = copy["conversation"]?.id, let sender = copy["sender"]?.id,
            let sentAt = copy["sentAt"]?.date, let sealed = copy["text"]
        else { return nil }
        let key = try installation.ownKey()
        guard let text = try installation.encryption.decrypt(sealed, at: Self.place(report, key), key: key).string
        else {
            throw FieldEncryptionError.undecryptable
        }
        return Copy(messageID: messageID, conversation: conversation, sender: sender, sentAt: sentAt, text: text)
    }

    private static func place(_ report: UniqueID, _ owner: UniqueID) -> FieldPlace {
        FieldPlace(owner: owner, document: .id(report), field: "text")
    }
}
