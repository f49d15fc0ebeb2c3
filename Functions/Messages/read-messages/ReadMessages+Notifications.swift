import AccountsAccess
import Events
import Installation
import JSON
import MessagesStore
import Notifications
import Primitives
import Runtime

extension ReadMessages {
    /// The caller's notifications, newest first; with `wait` the answer may come once there is one that is unread.
    func notifications(_ request: Request, _ context: Context) throws -> Answer {
        let caller = try caller(request, context)
        let wait = try Wait(request, messages.installation)
        let page = try Page(request, of: "notifications", for: caller.accountID, messages.installation)
        let own = Notifications(messages.installation)
        let found = try own.list(of: caller.accountID, after: page.afterID, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last?.id.bytes : nil
        let unread = try own.unread(of: caller.accountID)
        let entries = try json(Array(shown))
        guard case .object(var list) = page.answer("notifications", entries, next: next, messages.installation) else {
            throw FunctionFailure.internalError
        }
        list.append("unread", .integer(Int64(unread)))
        let answer = Answer.json(.object(list)).adding("cache-control", "no-store")
        guard let wait, unread == 0, page.after == nil else { return answer }
        return wait.held(answer, for: caller, context)
    }

    /// Marks the caller's notifications as read, up to one of them.
    func readNotifications(_ request: Request, _ context: Context) throws -> Answer {
        let caller = try caller(request, context)
        let wanted = try request.content(as: ReadNotifications.self)
        let own = Notifications(messages.installation)
        guard try own.markRead(of: caller.accountID, upTo: wanted.upTo) else { throw FunctionFailure.notFound }
        return Answer.json(["unread": .integer(Int64(try own.unread(of: caller.accountID)))])
            .adding("cache-control", "no-store")
    }

    private func json(_ shown: [Notification]) throws -> [JSONValue] {
        let logins = try logins(shown.compactMap(\.from))
        return shown.map { notification in
            [
                "notificationId": .string(notification.id.description), "type": .string(notification.kind.rawValue),
                "at": .string(notification.at.description), "data": .object(notification.json(naming: logins)),
                "read": .bool(notification.isRead),
            ]
        }
    }
}

/// Up to which notification everything is read.
private struct ReadNotifications: JSONObjectReadable {
    let upTo: UniqueID

    init(members: inout JSONMembers) throws(JSONError) {
        guard let id = UniqueID(parsing: try members.required("upTo")) else {
            throw JSONError("must be a notification's id").inside("upTo")
        }
        upTo = id
    }
}
