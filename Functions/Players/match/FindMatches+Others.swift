import AccountsAccess
import Installation
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Primitives
import Runtime

extension FindMatches {
    func teammates(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let page = try Page(request, of: "teammates", for: account.id, players.installation)
        return try list("teammates", page, of: account, { $0.bond == .teammates }) { relation, other in
            guard try players.mayList(account, other, relation, at: context.now),
                let profile = try players.open(players.player(other.id), of: other, at: context.now)
            else { return nil }
            return [
                "login": .string(other.login), "displayName": .string(profile.displayName),
                "since": relation.request?.settledAt.map { .string($0.description) } ?? .null,
            ]
        }
    }

    func part(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        if let other = try named(request, context) { try players.part(account.id, from: other.id, at: context.now) }
        return .noContent
    }

    func blocks(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let page = try Page(request, of: "blocks", for: account.id, players.installation)
        return try list("blocks", page, of: account, { $0.blockedBy.contains(account.id) }) { _, other in
            ["login": .string(other.login)]
        }
    }

    func block(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        guard let other = try named(request, context), try players.mayBlock(account, other, at: context.now) else {
            throw FunctionFailure.notFound
        }
        try players.block(other.id, by: account.id, at: context.now)
        return Answer.json(["login": .string(other.login)]).adding("cache-control", "no-store")
    }

    func unblock(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        if let other = try named(request, context) { try players.unblock(other.id, by: account.id) }
        return .noContent
    }

    /// A page of those with whom the account has what `isMeant` looks for, in the order of their ids.
    private func list(
        _ name: String, _ page: Page, of account: Person, _ isMeant: (Relation) -> Bool,
        _ json: (Relation, Person) throws -> JSONValue?
    ) throws -> Answer {
        let found = try players.relations.all(of: account.id).filter(isMeant)
            .compactMap { relation in relation.other(than: account.id).map { (relation: relation, id: $0) } }
            .filter { entry in page.afterID.map { $0 < entry.id } ?? true }.sorted { $0.id < $1.id }
        var entries: [(id: UniqueID, json: JSONValue)] = []
        for entry in found where entries.count <= page.limit {
            guard let other = try access.person(entry.id), let shown = try json(entry.relation, other) else { continue }
            entries.append((entry.id, shown))
        }
        let shown = entries.prefix(page.limit)
        let next = entries.count > page.limit ? shown.last?.id.bytes : nil
        return Answer.json(page.answer(name, shown.map(\.json), next: next, players.installation))
            .adding("cache-control", "no-store")
    }
}
