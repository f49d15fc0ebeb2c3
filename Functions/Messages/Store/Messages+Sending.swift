import AccountsAccess
import BSON
import FieldEncryption
import Glibc
import MessageRecords
import MessagesDomain
import MongoDB
import PlayersRelations
import Primitives
public import Runtime

extension Messages {
    /// Stores a message once, however often it is sent; a repeat is answered before anything else is looked at.
    public func send(_ message: Outgoing, _ brakes: SendBrakes, _ context: Context) throws -> SendOutcome {
        guard let target = try target(of: message, at: context.now) else {
            return try repeated(message) ?? .notMatched
        }
        let known = try conversation(target.conversationID)
        if known == nil, let outcome = try repeated(message) { return outcome }
        if let seconds = try brakes.take(message.sender, target, isFirst: known == nil, at: context.now) {
            return try repeated(message) ?? .tooFast(retryAfter: seconds)
        }
        let outcome = try store(message, in: known ?? makeConversation(target, context), context)
        if case .sent = outcome { return outcome }
        try brakes.giveBack(message.sender)
        return outcome
    }

    /// Where a message goes; `nil` where its sender may not write.
    private func target(of message: Outgoing, at now: Timestamp) throws -> Target? {
        switch message.address {
        case .login(let login):
            guard let person = try access.person(named: login, at: now),
                try relations.tie(message.sender, person.id) == .teammates
            else { return nil }
            return .pair(message.sender, person.id)
        case .community(let gameID):
            return try relations.community(of: gameID, for: message.sender, at: now).map(Target.community)
        }
    }

    /// The answer to a message whose id its sender has used; `nil` where he has not.
    private func repeated(_ message: Outgoing) throws -> SendOutcome? {
        guard let stored = try stored(message) else { return nil }
        return try outcome(of: message, as: stored)
    }

    private func stored(_ message: Outgoing) throws(MongoError) -> StoredMessage? {
        try messages.findOne(
            ["sender": .id(message.sender), "clientMessageId": .id(message.clientMessageID)], readConcern: .majority
        ).flatMap(StoredMessage.init)
    }

    private func outcome(of message: Outgoing, as stored: StoredMessage) throws -> SendOutcome {
        guard let conversation = try conversation(stored.place.conversation),
            try sealer.repeatHash(target: message.address.name, message.text.text, in: conversation)
                == stored.repeatHash
        else { return .idTaken }
        return .repeated(stored.receipt)
    }

    /// Puts the message behind the last one, by one insert that is tried until it is known to be there.
    ///
    /// The last number is read as a majority has it, so that no number is given behind one that may yet be taken
    /// back; who finds the number taken tries the next. A write of unknown fate is looked up by the sender's id.
    private func store(
        _ message: Outgoing, in conversation: Conversation, _ context: Context
    ) throws -> SendOutcome {
        let id = UniqueID(at: context.now, random: context.random)
        let hash = try sealer.repeatHash(target: message.address.name, message.text.text, in: conversation)
        var pause = SendPause()
        while true {
            do {
                let stored = try sealed(message, id, hash, conversation, context)
                try messages.insert(stored.document)
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

    private func sealed(
        _ message: Outgoing, _ id: UniqueID, _ hash: [UInt8], _ conversation: Conversation, _ context: Context
    ) throws -> StoredMessage {
        let view = ConversationView(conversation, message.sender)
        let last = try messages.findOne(
            view.filter(1...Int64.max), projection: ["_id": 1], sort: ["_id": -1], readConcern: .majority)
        let seq = last?["_id"]?.document?["seq"]?.integer ?? 0
        let place = StoredMessage.Place(conversation: conversation.id, seq: seq + 1)
        let body = try sealer.seal(message.text.text, at: place, from: message.sender, in: conversation)
        return StoredMessage(
            place: place, id: id, sender: message.sender, recipient: conversation.other(than: message.sender),
            clientMessageID: message.clientMessageID, repeatHash: hash, sentAt: context.now, body: body)
    }
}

extension StoredMessage {
    fileprivate var receipt: Receipt {
        Receipt(messageID: id, conversation: place.conversation, seq: place.seq, sentAt: sentAt)
    }
}

/// How long to wait before the next attempt.
private struct SendPause {
    private static let mostFailures = 100
    private var microseconds: UInt32 = 1000
    private var failures = 0

    /// Somebody else was first: by a random part of a span that grows.
    mutating func afterCollision() {
        usleep(UInt32.random(in: 0...microseconds))
        microseconds = min(microseconds * 2, 20_000)
    }

    /// The server is away; false where that has lasted too long, whatever the deadline.
    mutating func afterFailure() -> Bool {
        failures += 1
        usleep(50_000)
        return failures < Self.mostFailures
    }
}
