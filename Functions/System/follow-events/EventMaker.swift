import AccountsAccess
import BSON
import Events
import Installation
import JSON
import MongoDB
import PlayersRelations
import Primitives

/// Turns changes into events: says who is to be told, and of what.
struct EventMaker {
    private let logins: Logins
    private let relations: PlayerRelations

    init(_ installation: Installation) {
        logins = Logins(installation)
        relations = PlayerRelations(installation)
    }

    /// The events of changes that follow one another. Those between whom and an event's maker a block stands are told of
    /// none of it.
    func events(of changes: [EventStream.Change]) throws(MongoError) -> [Event] {
        var blocked: [UniqueID: Set<UniqueID>] = [:]
        for actor in Set(changes.compactMap(\.actor)) { blocked[actor] = Set(try relations.blocked(actor).keys) }
        let logins = try logins.named(
            Set(changes.filter { $0.collection == "readMarkers" }.compactMap(\.actor)))
        return changes.compactMap { change in
            let strangers = change.actor.flatMap { blocked[$0] } ?? []
            switch change.collection {
            case "messages": return message(change, strangers)
            case "readMarkers": return read(change, strangers, by: change.actor.flatMap { logins[$0] })
            case "notifications": return notification(change)
            case "sessions": return closed(change, EventChannel.session)
            default: return closed(change, EventChannel.account)
            }
        }
    }

    private func message(_ change: EventStream.Change, _ strangers: Set<UniqueID>) -> Event? {
        guard let key = change.id?.document, let conversation = key["conversation"]?.id,
            let seq = key["seq"]?.integer, let sender = change.actor
        else { return nil }
        let isNew = change.operation == "insert"
        var data = JSONObject([("conversationId", .string(conversation.description)), ("seq", .integer(seq))])
        if isNew { data.append("messageId", change.field("messageId")?.id.map { .string($0.description) } ?? .null) }
        var event = Event(position: change.position, kind: isNew ? .message : .deleted, data: data)
        if let community = change.field("community")?.id {
            event.channels = [EventChannel.community(community)]
            event.excluded = strangers.sorted().map(EventChannel.account)
        } else {
            event.channels = Self.people(sender, change.field("recipient")?.id, but: strangers)
        }
        return event
    }

    private func read(_ change: EventStream.Change, _ strangers: Set<UniqueID>, by login: String?) -> Event? {
        guard let conversation = change.id?.document?["conversation"]?.id, let reader = change.actor, let login,
            let seq = change.field("readUpTo")?.integer
        else { return nil }
        let data = JSONObject([
            ("conversationId", .string(conversation.description)), ("seq", .integer(seq)), ("by", .string(login)),
        ])
        return Event(
            position: change.position, kind: .read,
            channels: Self.people(reader, change.field("other")?.id, but: strangers), data: data)
    }

    private static func people(_ actor: UniqueID, _ other: UniqueID?, but strangers: Set<UniqueID>) -> [String] {
        let told = other.flatMap { $0 == actor || strangers.contains($0) ? nil : $0 }
        return [actor, told].compactMap { $0 }.map(EventChannel.account)
    }

    /// Whoever listens to the channel is to ask anew.
    private func closed(_ change: EventStream.Change, _ channel: (UniqueID) -> String) -> Event? {
        change.id?.id.map { Event(position: change.position, kind: .closed, channels: [channel($0)]) }
    }

    private func notification(_ change: EventStream.Change) -> Event? {
        guard let id = change.id?.id, let account = change.field("account")?.id else { return nil }
        return Event(
            position: change.position, kind: .notification, channels: [EventChannel.account(account)],
            data: JSONObject([("notificationId", .string(id.description))]))
    }
}

extension EventStream.Change {
    /// Who wrote the message, or read.
    fileprivate var actor: UniqueID? {
        switch collection {
        case "messages": field("sender")?.id
        case "readMarkers": id?.document?["account"]?.id
        default: nil
        }
    }
}
