import AccountsAccess
import Installation
import JSON
import MessagesStore
import PlayersRelations
import Primitives
import Runtime

extension ReadMessages {
    func communities(_ request: Request, _ context: Context) throws -> Answer {
        let viewer = try caller(request, context).accountID
        let page = try Page(request, of: "communities", for: viewer, messages.installation)
        let after = page.after.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let found = try messages.relations.communities(of: viewer, at: context.now).filter { $0.gameID > after }
            .sorted { $0.gameID < $1.gameID }
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last.map { Array($0.gameID.utf8) } : nil
        let names = try messages.relations.gameNames(shown.map(\.gameID))
        let entries = try shown.map { try json($0, names, context) }
        return Answer.json(page.answer("communities", entries, next: next, messages.installation))
            .adding("cache-control", "no-store")
    }

    private func json(_ community: Community, _ names: [String: String], _ context: Context) throws -> JSONValue {
        let count = try messages.relations.memberCount(of: community, at: context.now)
        return [
            "conversationId": .string(Target.community(community).conversationID.description),
            "gameId": .string(community.gameID), "name": .string(names[community.gameID] ?? community.gameID),
            "members": .integer(Int64(count)),
        ]
    }

    /// The members who do not hide, without those between whom and the caller a block stands.
    func members(_ request: Request, _ context: Context) throws -> Answer {
        let viewer = try caller(request, context).accountID
        let gameID = request.captures["gameId"] ?? ""
        let page = try Page(request, of: "members?" + gameID, for: viewer, messages.installation)
        guard let community = try messages.relations.community(of: gameID, for: viewer, at: context.now) else {
            throw FunctionFailure.notFound
        }
        let found = try messages.relations.members(
            of: community, after: page.afterID, limit: page.limit + 1, at: context.now)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last?.id.bytes : nil
        let blocked = try messages.relations.blocked(viewer)
        let people = try people(shown.map(\.id))
        let entries = shown.compactMap { member -> JSONValue? in
            guard let person = people[member.id], person.isActive, !blocked.keys.contains(member.id) else { return nil }
            return ["login": .string(person.login), "displayName": .string(member.displayName)]
        }
        return Answer.json(page.answer("members", entries, next: next, messages.installation))
            .adding("cache-control", "no-store")
    }
}
