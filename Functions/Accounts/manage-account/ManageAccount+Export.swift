import AccountsAccess
import AccountsStore
import BSON
import JSON
import MessageRecords
import MessagesStore
import Notifications
import PlayersAnswering
import PlayersStore
import Primitives
import Runtime

extension ManageAccount {
    func export(_ request: Request, _ context: Context) throws -> Answer {
        let (caller, account) = try owner(request, context)
        let export = try accounts.export(account, context)
        var document = try account.json(email: accounts.email(of: account), at: context.now)
        document.append("exportedAt", .string(context.now.description))
        document.append(
            "sessions", .array(export.sessions.map { $0.json(isCurrent: $0.id == caller.session.id) }))
        document.append("handouts", .array(export.handouts.map { $0.json(at: context.now) }))
        try appendPlayer(account, to: &document, context)
        document.append("messages", try messages(of: account))
        document.append(
            "notifications", .array(try accounts.notifications.all(of: account.id).map(Self.json)))
        document.append("events", .array(export.events.map { Self.json($0.event, $0.clientAddress) }))
        return Answer.json(.object(document)).adding("cache-control", "no-store")
            .adding("content-disposition", "attachment; filename=\"passerelle-account.json\"")
    }

    /// What its owner was told, with accounts and messages named by their ids.
    private static func json(_ notification: Notification) -> JSONValue {
        [
            "notificationId": .string(notification.id.description), "type": .string(notification.kind.rawValue),
            "at": .string(notification.at.description), "data": .object(notification.json()),
            "read": .bool(notification.isRead),
        ]
    }

    private func appendPlayer(_ account: Account, to document: inout JSONObject, _ context: Context) throws {
        let (profile, library) = try players.read(account.id, key: account.keyID, at: context.now)
        document.append("profile", profile.map { .object($0.json) } ?? .null)
        document.append("library", .array(library.map { $0.json(nil) }))
        let relations = try players.relations(of: account.id)
        let avatar = try players.avatar(account.id, key: account.keyID)
        document.append(
            "avatar", avatar.map { .string("data:image/png;base64," + Base64.standard.encode($0)) } ?? .null)
        let reports = try players.reports(by: account.id, key: account.keyID)
        document.append("reports", .array(reports.map { Self.json($0.report, reason: $0.reason) }))
        document.append("relations", .array(try relations.map { try json($0, seenBy: account) }))
    }

    /// What lies between the owner and another player, who is named by his account's id alone.
    private func json(_ relation: Relation, seenBy owner: Account) throws -> JSONValue {
        [
            "with": relation.other(than: owner.id).map { .string($0.description) } ?? .null,
            "blocked": .bool(relation.blockedBy.contains(owner.id)),
            "request": try relation.request.map { try json($0, seenBy: owner) } ?? .null,
        ]
    }

    /// A request, with the note where it is the owner's own.
    private func json(_ request: Relation.Request, seenBy owner: Account) throws -> JSONValue {
        let note = request.from == owner.id ? try players.note(of: request, key: owner.keyID) : nil
        return [
            "status": .string(request.status.rawValue), "sent": .bool(request.from == owner.id),
            "note": note.map(JSONValue.string) ?? .null, "createdAt": .string(request.createdAt.description),
        ]
    }

    /// What the owner wrote, has read and does not want to see any more.
    private func messages(of account: Account) throws -> JSONValue {
        let read = try messages.readMarkers(of: account.id).map { marker -> JSONValue in
            [
                "conversationId": .string(marker.conversation.description), "readUpTo": .integer(marker.readUpTo),
                "at": .string(marker.at.description),
            ]
        }
        let hidden = try messages.hiddenMessages(of: account.id).map { place -> JSONValue in
            ["conversationId": .string(place.conversation.description), "seq": .integer(place.seq)]
        }
        return [
            "sent": .array(try messages.sent(by: account.id).map(Self.json)), "read": .array(read),
            "hidden": .array(hidden),
        ]
    }

    /// The other side is named by an account's id, or by a game's.
    private static func json(_ sent: AccountMessages.Sent) -> JSONValue {
        var object = JSONObject([
            ("messageId", .string(sent.message.id.description)),
            ("conversationId", .string(sent.message.place.conversation.description)),
            ("seq", .integer(sent.message.place.seq)), ("sentAt", .string(sent.message.sentAt.description)),
        ])
        if let recipient = sent.message.recipient {
            object.append("to", .string(recipient.description))
        } else if case .community(let gameID, _) = sent.conversation?.kind {
            object.append("community", .string(gameID))
        }
        if let text = sent.text { object.append("body", .string(text)) } else { object.append("deleted", true) }
        return .object(object)
    }

    /// A report that the owner has made; whom it is about is named by his account's id alone.
    private static func json(_ report: Report, reason: String) -> JSONValue {
        [
            "about": .string(report.reported.description), "reason": .string(reason),
            "messageId": report.messageID.map { .string($0.description) } ?? .null,
            "status": .string(report.status.rawValue), "createdAt": .string(report.createdAt.description),
        ]
    }

    private static func json(_ event: Document, _ clientAddress: String?) -> JSONValue {
        [
            "eventId": event["_id"]?.id.map { .string($0.description) } ?? .null,
            "at": event["at"]?.date.map { .string($0.description) } ?? .null,
            "type": event["type"]?.string.map(JSONValue.string) ?? .null,
            "outcome": event["outcome"]?.string.map(JSONValue.string) ?? .null,
            "clientAddress": clientAddress.map(JSONValue.string) ?? .null,
        ]
    }
}
