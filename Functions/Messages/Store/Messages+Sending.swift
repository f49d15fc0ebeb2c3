import AccountsAccess
import BSON
import FieldEncryption
import MessageRecords
import MessagesDomain
import MongoDB
import PlayersRelations
import Primitives
public import Runtime

extension Messages {
    /// Stores a message once, however often it is sent; a repeat is answered before anything else is looked at.
    public func send(
        _ message: Outgoing, _ ahead: ReadAhead?, _ brakes: SendBrakes, _ context: Context
    ) throws -> SendOutcome {
        guard let target = try target(of: message, ahead, at: context.now) else {
            return try repeated(message) ?? .notMatched
        }
        let known = try conversation(target.conversationID)
        if known == nil, let outcome = try repeated(message) { return outcome }
        let wait = try brakes.take(message.sender, target, isFirst: known == nil, at: context.now)
        if let wait {
            if let outcome = try repeated(message) { return outcome }
            // A message that nobody is known to have yet may have been counted, and may last.
            guard try isAnywhere(message) else { return .tooFast(retryAfter: wait) }
        }
        let outcome = try store(message, in: known ?? makeConversation(target, context), ahead, context)
        if case .sent = outcome { return outcome }
        if wait == nil { try brakes.giveBack(message.sender, at: context.now) }
        return outcome
    }

    /// Where a message goes; `nil` where its sender may not write.
    private func target(of message: Outgoing, _ ahead: ReadAhead?, at now: Timestamp) throws -> Target? {
        if let ahead { return ahead.community.map(Target.community) }
        switch message.address {
        case .login(let login):
            guard let person = try access.person(named: login, at: now),
                try relations.mayWrite(message.sender, person.id, at: now)
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

    func stored(_ message: Outgoing) throws(MongoError) -> StoredMessage? {
        try messages.findOne(Self.key(message), readConcern: .majority).flatMap(StoredMessage.init)
    }

    private func isAnywhere(_ message: Outgoing) throws(MongoError) -> Bool {
        try messages.findOne(Self.key(message), projection: ["_id": 1]) != nil
    }

    private static func key(_ message: Outgoing) -> Document {
        ["sender": .id(message.sender), "clientMessageId": .id(message.clientMessageID)]
    }

    func outcome(of message: Outgoing, as stored: StoredMessage) throws -> SendOutcome {
        guard let conversation = try conversation(stored.place.conversation),
            try sealer.repeatHash(target: message.address.name, message.text.text, in: conversation)
                == stored.repeatHash
        else { return .idTaken }
        return .repeated(stored.receipt)
    }
}

extension StoredMessage {
    var receipt: Receipt {
        Receipt(messageID: id, conversation: place.conversation, seq: place.seq, sentAt: sentAt)
    }
}
