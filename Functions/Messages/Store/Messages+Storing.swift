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
    func store(_ message: Outgoing, in conversation: Conversation, _ context: Context) throws -> SendOutcome {
        let id = UniqueID(at: context.now, random: context.random)
        let hash = try sealer.repeatHash(target: message.address.name, message.text.text, in: conversation)
        var pause = SendPause()
        while true {
            do {
                let stored = try place(pause.hasCollided, conversation) { place in
                    StoredMessage(
                        place: place, id: id, sender: message.sender,
                        recipient: conversation.other(than: message.sender),
                        clientMessageID: message.clientMessageID, repeatHash: hash, sentAt: context.now,
                        body: try sealer.seal(message.text.text, at: place, from: message.sender, in: conversation))
                }
                return .sent(stored.receipt)
            } catch MongoError.duplicateKey(let index) where index != "_id_" {
                guard let stored = try stored(message) else {
                    pause.afterCollision()
                    continue
                }
                return stored.id == id ? .sent(stored.receipt) : try outcome(of: message, as: stored)
            } catch MongoError.duplicateKey {
                pause.afterCollision()
            } catch MongoError.unavailable(let reason) {
                guard pause.afterFailure() else { throw MongoError.unavailable(reason) }
            }
        }
    }

    /// Stores what `body` makes for the place behind the last message.
    ///
    /// Where one connection leads to the primary itself, read and write go over that one: whatever is stored behind a
    /// message is lost with it, so that no number need wait until a majority has the one before. Elsewhere the last
    /// number is read as a majority has it. Where writers are many, a number is taken first and then waited for: whoever
    /// finds it taken should not have to wait for those who have it.
    private func place(
        _ isContended: Bool, _ conversation: Conversation,
        _ body: (StoredMessage.Place) throws -> StoredMessage
    ) throws -> StoredMessage {
        let link = try installation.client.link()
        let last = try lastNumber(of: conversation, over: link)
        let message = try body(StoredMessage.Place(conversation: conversation.id, seq: last + 1))
        guard let link else {
            try messages.insert(message.document)
            return message
        }
        try messages.insert(message.document, over: link, acknowledged: isContended ? .primary : .majority)
        if isContended { try messages.awaitMajority(over: link) }
        return message
    }

    private func lastNumber(of conversation: Conversation, over link: MongoLink?) throws(MongoError) -> Int64 {
        let filter = ConversationView(conversation, conversation.id).filter(1...Int64.max)
        let (id, newest): (Document, Document) = (["_id": 1], ["_id": -1])
        let last =
            if let link {
                try messages.findOne(filter, projection: id, sort: newest, over: link)
            } else {
                try messages.findOne(filter, projection: id, sort: newest, readConcern: .majority)
            }
        return last?["_id"]?.document?["seq"]?.integer ?? 0
    }
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
