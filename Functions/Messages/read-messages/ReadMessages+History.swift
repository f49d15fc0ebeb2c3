import AccountsAccess
import JSON
import MessageRecords
import MessagesDomain
import MessagesStore
import Notifications
import Primitives
import Runtime

extension ReadMessages {
    func history(_ request: Request, _ context: Context) throws -> Answer {
        let caller = try caller(request, context)
        let wait = try Wait(request, messages.installation)
        let range = try HistoryRange(request)
        let view = try view(request, by: caller.accountID, context)
        let shown = try messages.history(view, range)
        let answer = Answer.json(["messages": .array(try json(shown, view, context))])
            .adding("cache-control", "no-store")
        guard let wait, shown.isEmpty, range.before == nil else { return answer }
        let isDirect = view.conversation?.isBetween(caller.accountID) ?? false
        return wait.held(answer, for: caller, community: isDirect ? nil : view.id, context)
    }

    func read(_ request: Request, _ context: Context) throws -> Answer {
        let viewer = try caller(request, context).accountID
        let wanted = try request.content(as: ReadRequest.self)
        let view = try view(request, by: viewer, context)
        let reached = try messages.read(view, upTo: wanted.seq, at: context.now)
        // The teller of messages does the same by and by; whoever asks next sees it at once.
        try Notifications(messages.installation)
            .settle(viewer, conversation: view.id, readUpTo: reached)
        return Answer.json([
            "readUpTo": .integer(reached), "unread": .integer(Int64(try messages.unread(view, behind: reached))),
        ]).adding("cache-control", "no-store")
    }

    /// Leaves a tombstone for everyone where the sender asks, or an admin in a community; hides it for anyone else.
    func delete(_ request: Request, _ context: Context) throws -> Answer {
        let caller = try caller(request, context)
        guard let seq = Int64(request.captures["seq"] ?? ""),
            let id = UniqueID(parsing: request.captures["conversationId"] ?? "")
        else { throw FunctionFailure.notFound }
        if caller.isAdmin, let view = try messages.community(id, seenBy: caller.accountID) {
            guard let message = try messages.message(seq, view) else { throw FunctionFailure.notFound }
            try messages.bury(message, by: caller.accountID, context)
            return .noContent
        }
        let view = try view(request, by: caller.accountID, context)
        guard let message = try messages.message(seq, view) else { throw FunctionFailure.notFound }
        if message.sender == caller.accountID {
            try messages.bury(message, at: context.now)
        } else {
            try messages.hide(message, view)
        }
        return .noContent
    }
}

/// Up to where somebody has read.
private struct ReadRequest: JSONObjectReadable {
    let seq: Int64

    init(members: inout JSONMembers) throws(JSONError) {
        seq = try members.required("seq")
        guard seq >= 0 else { throw JSONError("must not be negative").inside("seq") }
    }
}
