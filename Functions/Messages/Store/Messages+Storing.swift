import BSON
import Glibc
import Installation
import MessageRecords
import MessagesDomain
import MongoDB
import Primitives
import Runtime

extension Messages {
    /// Puts the message behind the last one, by an insert that is tried until it is known to be there; who finds the
    /// number taken takes the next. A write of unknown fate is looked up by the sender's id.
    func store(
        _ message: Outgoing, in conversation: Conversation, _ ahead: ReadAhead?, _ context: Context
    ) throws -> SendOutcome {
        let id = UniqueID(at: context.now, random: context.random)
        let hash = try sealer.repeatHash(target: message.address.name, message.text.text, in: conversation)
        var pause = SendPause()
        var ahead = ahead
        while true {
            do {
                defer { ahead = nil }
                let haste = pause.hasCollided ? Haste.contended : context.waiting.areThere ? .shared : .none
                let stored = try place(haste, conversation, ahead) { place in
                    StoredMessage(
                        place: place, id: id, sender: message.sender,
                        recipient: conversation.other(than: message.sender),
                        clientMessageID: message.clientMessageID, repeatHash: hash, sentAt: context.now,
                        body: try sealer.seal(message.text.text, at: place, from: message.sender, in: conversation))
                }
                return .sent(stored.receipt)
            } catch MongoError.duplicateKey(let index) where index != "_id_" {
                guard let stored = try stored(message) ?? storedByNow(message) else {
                    pause.afterCollision()
                    continue
                }
                return stored.id == id ? .sent(stored.receipt) : try outcome(of: message, as: stored)
            } catch MongoError.duplicateKey {
                numbers?.missed()
                pause.afterCollision()
            } catch MongoError.unavailable(let reason) {
                guard pause.afterFailure() else { throw MongoError.unavailable(reason) }
            }
        }
    }

    /// Looks again once a majority has all that this connection's member has.
    private func storedByNow(_ message: Outgoing) throws(MongoError) -> StoredMessage? {
        guard let link = try installation.client.link() else { return nil }
        try messages.awaitMajority(over: link)
        if unsettled == link { unsettled = nil }
        return try stored(message)
    }

    /// Stores what `body` makes for the place behind the last message.
    ///
    /// Where one connection leads to the primary itself, read and write go over that one: whatever is stored behind a
    /// message is lost with it, so that no number need wait until a majority has the one before; the same is true of a
    /// number that this machine's other workers have told. Elsewhere the last number is read as a majority has it.
    /// Where writers are many, a number is taken first and then waited for: whoever finds it taken should not have to
    /// wait for those who have it.
    private func place(
        _ haste: Haste, _ conversation: Conversation, _ ahead: ReadAhead?,
        _ body: (StoredMessage.Place) throws -> StoredMessage
    ) throws -> StoredMessage {
        let link = try installation.client.link()
        let last = try lastNumber(of: conversation, over: link, ahead, haste)
        let message = try body(StoredMessage.Place(conversation: conversation.id, seq: last + 1))
        guard let link else {
            try messages.insert(message.document)
            return message
        }
        // Of messages over two connections only one could be waited for.
        let isLeft = haste == .shared && (unsettled == nil || unsettled == link)
        try messages.insert(
            message.document, over: link, acknowledged: isLeft || haste == .contended ? .primary : .majority)
        numbers?.tell(message.place, in: link.reign)
        if isLeft {
            unsettled = link
            return message
        }
        if haste == .contended { try messages.awaitMajority(over: link) }
        // What a majority has, it has with all that was stored over the same connection before.
        if unsettled == link { unsettled = nil }
        return message
    }

    /// Whether a majority is known to have all messages that were stored.
    public var isSettled: Bool { unsettled == nil }

    /// Waits until a majority has all messages that were stored; throws where that is not known, and never will be.
    public func settle() throws {
        guard let link = unsettled else { return }
        unsettled = nil
        try messages.awaitMajority(over: link)
    }

    private func lastNumber(
        of conversation: Conversation, over link: MongoLink?, _ ahead: ReadAhead?, _ haste: Haste
    ) throws(MongoError) -> Int64 {
        guard let link else {
            return Self.number(
                in: try messages.findOne(
                    Self.numbers(of: conversation.id), projection: ["_id": 1], sort: ["_id": -1],
                    readConcern: .majority))
        }
        if let ahead, ahead.link == link, ahead.conversation == conversation.id { return ahead.last }
        if haste != .contended, let told = numbers?.take(conversation.id, in: link.reign) { return told }
        return Self.number(
            in: try installation.client.first([lastLookup(in: conversation.id)], in: messages.database, over: link)[0])
    }

    /// What finds the last message of a conversation, to be read by ``number(in:)``.
    func lastLookup(in conversation: UniqueID) -> Lookup {
        messages.lookup(Self.numbers(of: conversation), projection: ["_id": 1], sort: ["_id": -1])
    }

    static func number(in last: Document?) -> Int64 {
        last?["_id"]?.document?["seq"]?.integer ?? 0
    }

    private static func numbers(of conversation: UniqueID) -> Document {
        [
            "_id": [
                "$gte": StoredMessage.Place(conversation: conversation, seq: 1).id,
                "$lte": StoredMessage.Place(conversation: conversation, seq: .max).id,
            ]
        ]
    }
}

/// What a message is not to wait for.
private enum Haste {
    /// Nothing.
    case none
    /// A majority, which will be waited for once for this message and others behind it.
    case shared
    /// A majority, before others know that its number is taken.
    case contended
}

/// How long to wait before the next attempt.
private struct SendPause {
    private static let mostFailures = 100
    private var microseconds: UInt32 = 4000
    private var failures = 0
    /// Whether somebody else was first.
    private(set) var hasCollided = false

    /// Somebody else was first: by a random part of a span that grows.
    mutating func afterCollision() {
        usleep(UInt32.random(in: 0...microseconds))
        microseconds = min(microseconds * 2, 32_000)
        hasCollided = true
    }

    /// The server is away; false where that has lasted too long, whatever the deadline.
    mutating func afterFailure() -> Bool {
        failures += 1
        usleep(50_000)
        return failures < Self.mostFailures
    }
}
