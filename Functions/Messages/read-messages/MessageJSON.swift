import AccountsAccess
import JSON
import MessageRecords
import MessagesDomain
import MessagesStore
import Primitives
import Runtime

extension ReadMessages {
    /// Messages as their viewer sees them; what an account said that is gone is shown as deleted.
    func json(
        _ shown: [StoredMessage], _ view: ConversationView, _ context: Context
    ) throws -> [JSONValue] {
        let senders = try logins(shown.map(\.sender))
        return try shown.map { message in try json(message, senders[message.sender], view, context) }
    }

    /// One message.
    func json(
        _ message: StoredMessage, _ sender: String?, _ view: ConversationView, _ context: Context
    ) throws -> JSONValue {
        var object = JSONObject([
            ("messageId", .string(message.id.description)), ("seq", .integer(message.place.seq)),
            ("from", sender.map(JSONValue.string) ?? .null), ("sentAt", .string(message.sentAt.description)),
        ])
        switch sender == nil ? .deleted : try messages.text(of: message, view, context) {
        case .text(let text):
            object.append("body", .string(text))
            let shown = DisplayText.neutralised(text)
            if shown != text { object.append("display", .string(shown)) }
        case .deleted: object.append("deleted", true)
        case .refused: object.append("unreadable", true)
        }
        return .object(object)
    }

    /// The logins of those accounts that are still there.
    func logins(_ ids: [UniqueID]) throws -> [UniqueID: String] {
        try Logins(messages.installation).named(Set(ids))
    }

    /// The accounts of those ids that are still there.
    func people(_ ids: [UniqueID]) throws -> [UniqueID: Person] {
        let found = try messages.access.people(Array(Set(ids)))
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
