import AccountsAccess
import Installation
import JSON
import MessageRecords
import MessagesStore
import PlayersRelations
import Primitives
import Runtime

extension ReadMessages {
    func conversations(_ request: Request, _ context: Context) throws -> Answer {
        let viewer = try caller(request, context).accountID
        let page = try Page(request, of: "conversations", for: viewer, messages.installation)
        let all = try messages.overviews(of: viewer, at: context.now)
        let found = page.after.map { after in all.drop { !$0.position.lexicographicallyPrecedes(after) } } ?? all[...]
        let shown = Array(found.prefix(page.limit))
        let next = found.count > page.limit ? shown.last?.position : nil
        let names = try Names(of: shown, self)
        let news = try messages.news(of: shown)
        let senders = try logins(news.values.compactMap(\.newest?.sender))
        let entries = try shown.map { overview in
            try json(overview, news[overview.view.id], senders, names, context)
        }
        return Answer.json(page.answer("conversations", entries, next: next, messages.installation))
            .adding("cache-control", "no-store")
    }

    private func json(
        _ overview: Overview, _ news: News?, _ senders: [UniqueID: String], _ names: Names, _ context: Context
    ) throws -> JSONValue {
        let (name, partner) = names.partner(in: overview)
        let newest = try news?.newest.map { try json($0, senders[$0.sender], overview.view, context) }
        return .object(
            JSONObject([
                ("conversationId", .string(overview.view.id.description)), (name, partner),
                ("unread", .integer(Int64(news?.unread ?? 0))), ("lastSeq", .integer(overview.lastSeq)),
                ("readUpTo", .integer(news?.readUpTo ?? 0)), ("lastMessage", newest ?? .null),
            ]))
    }
}

/// What the others in some conversations are called.
private struct Names {
    private let logins: [UniqueID: String]
    private let displayNames: [UniqueID: String]
    private let games: [String: String]

    init(of overviews: [Overview], _ function: ReadMessages) throws {
        let others = overviews.compactMap { $0.conversation.other(than: $0.view.viewer) }
        let gameIDs = overviews.compactMap(\.gameID)
        logins = try function.logins(others)
        displayNames = try function.messages.relations.displayNames(others)
        games = try function.messages.relations.gameNames(gameIDs)
    }

    /// The member that names the other side; an account that is gone has no names any more.
    func partner(in overview: Overview) -> (String, JSONValue) {
        if let gameID = overview.gameID {
            return ("community", ["gameId": .string(gameID), "name": .string(games[gameID] ?? gameID)])
        }
        let other = overview.conversation.other(than: overview.view.viewer)
        let login = other.flatMap { logins[$0] }
        let displayName = login.flatMap { login in other.map { displayNames[$0] ?? login } }
        return (
            "with",
            [
                "login": login.map(JSONValue.string) ?? .null,
                "displayName": displayName.map(JSONValue.string) ?? .null,
            ]
        )
    }
}

extension Overview {
    fileprivate var gameID: String? {
        guard case .community(let gameID, _) = conversation.kind else { return nil }
        return gameID
    }
}
