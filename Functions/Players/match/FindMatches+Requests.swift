import AccountsAccess
import Installation
import JSON
import PlayersAnswering
import PlayersStore
import Primitives
import Runtime

extension FindMatches {
    func request(_ request: Request, _ context: Context) throws -> Answer {
        let sender = try caller(request, context)
        let wanted = try request.content(as: NewRequest.self)
        guard let addressee = try players.access.person(named: wanted.to, at: context.now) else {
            throw FunctionFailure.notFound
        }
        let outcome = try players.request(from: sender, to: addressee, note: wanted.note, context)
        return try answer(outcome)
    }

    func requests(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let direction = try Self.choice("direction", request, among: ["incoming", "outgoing"])
        let status = try Self.choice("status", request, among: Relation.Status.allCases.map(\.rawValue))
        let list = "requests?" + (direction ?? "") + "&" + (status ?? "")
        let page = try Page(request, of: list, for: account.id, players.installation)
        let found = try players.relations.all(of: account.id).compactMap { relation in
            relation.request.map { (relation: relation, request: $0) }
        }
        .filter { status == nil || $0.request.status.rawValue == status }
        .filter { direction == nil || (direction == "incoming") == ($0.request.to == account.id) }
        .filter { entry in page.afterID.map { $0 < entry.request.id } ?? true }.sorted { $0.request.id < $1.request.id }
        var entries: [(id: UniqueID, json: JSONValue)] = []
        for (relation, request) in found where entries.count <= page.limit {
            guard let other = try relation.other(than: account.id).flatMap({ try access.person($0) }),
                try players.mayList(account, other, relation, at: context.now), let shown = try json(request)
            else { continue }
            entries.append((request.id, shown))
        }
        let shown = entries.prefix(page.limit)
        let next = entries.count > page.limit ? shown.last?.id.bytes : nil
        return Answer.json(page.answer("requests", shown.map(\.json), next: next, players.installation))
            .adding("cache-control", "no-store")
    }

    func answer(_ status: Relation.Status, _ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        guard let id = UniqueID(parsing: request.captures["id"] ?? "") else { throw FunctionFailure.notFound }
        return try answer(players.answer(id, by: account, status, context))
    }

    func withdraw(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        if let id = UniqueID(parsing: request.captures["id"] ?? "") { try players.withdraw(id, by: account.id) }
        return .noContent
    }

    private func answer(_ outcome: RequestOutcome) throws -> Answer {
        switch outcome {
        case .absent: throw FunctionFailure.notFound
        case .settled:
            throw FunctionFailure(
                409, "conflict", title: "Conflict", detail: "This request was settled the other way.")
        case .made(let request), .kept(let request):
            guard let json = try json(request) else { throw FunctionFailure.notFound }
            if case .made = outcome { return Answer.json(json, status: 201).adding("cache-control", "no-store") }
            return Answer.json(json).adding("cache-control", "no-store")
        }
    }

    /// A request as both see it; `nil` where one of the two is gone.
    private func json(_ request: Relation.Request) throws -> JSONValue? {
        guard let from = try players.access.person(request.from), let to = try players.access.person(request.to)
        else { return nil }
        return [
            "requestId": .string(request.id.description), "status": .string(request.status.rawValue),
            "from": .string(from.login), "to": .string(to.login),
            "note": try players.note(of: request, from: from).map(JSONValue.string) ?? .null,
            "createdAt": .string(request.createdAt.description),
        ]
    }

    static func choice(
        _ name: String, _ request: Request, among choices: [String]
    ) throws(FunctionFailure) -> String? {
        guard let text = request.parameters[name] else { return nil }
        guard choices.contains(text) else {
            throw .invalidRequest(detail: "The parameter \(name) must be one of \(choices.joined(separator: ", ")).")
        }
        return text
    }
}
