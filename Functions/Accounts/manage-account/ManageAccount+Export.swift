import AccountsAccess
import AccountsStore
import BSON
import JSON
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
        document.append("events", .array(export.events.map { Self.json($0.event, $0.clientAddress) }))
        return Answer.json(.object(document)).adding("cache-control", "no-store")
            .adding("content-disposition", "attachment; filename=\"passerelle-account.json\"")
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
