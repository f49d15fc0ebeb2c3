import AccountsAccess
import Installation
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Primitives
import Runtime

extension BrowseGames {
    func list(_ request: Request, _ context: Context) throws -> Answer {
        try players.begin(context)
        let query = try Self.text("query", request)
        let category = try Self.text("category", request)
        let name = "games?" + (query ?? "") + "&" + (category ?? "")
        let page = try Page(request, of: name, for: nil, players.installation)
        let after = page.after.map { String(decoding: $0, as: UTF8.self) }
        let found = try players.catalogue.list(query: query, category: category, after: after, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last.map { Array($0.id.text.utf8) } : nil
        return Answer.json(page.answer("games", shown.map(\.json), next: next, players.installation))
    }

    func show(_ request: Request, _ context: Context) throws -> Answer {
        try players.begin(context)
        return try Answer.json(game(request).json)
    }

    func put(_ request: Request, _ context: Context) throws -> Answer {
        _ = try callerID(request, context)
        let content = try request.content(as: GameContent.self)
        guard let id = GameID(parsing: request.captures["gameId"] ?? "") else {
            throw FunctionFailure.invalidRequest(
                detail: "A game's id is 1 to 64 small letters and digits, in words joined by hyphens.")
        }
        _ = try access.admin(request, context)
        let game = content.game(id)
        try players.catalogue.put(game)
        return Answer.json(game.json)
    }

    func remove(_ request: Request, _ context: Context) throws -> Answer {
        try players.begin(context)
        _ = try access.admin(request, context)
        guard let id = GameID(parsing: request.captures["gameId"] ?? "") else { return .noContent }
        guard try players.removeFromCatalogue(id, context) else {
            throw FunctionFailure(
                409, "conflict", title: "Conflict", detail: "Players have this game in their libraries.")
        }
        return .noContent
    }

    /// The game that the path names; throws 404 where there is none.
    func game(_ request: Request) throws -> Game {
        guard let id = GameID(parsing: request.captures["gameId"] ?? ""), let game = try players.catalogue.game(id)
        else { throw FunctionFailure.notFound }
        return game
    }

    private static func text(_ name: String, _ request: Request) throws(FunctionFailure) -> String? {
        guard let text = request.parameters[name], !text.isEmpty else { return nil }
        guard text.unicodeScalars.count <= 64 else {
            throw .invalidRequest(detail: "The parameter \(name) must be at most 64 characters.")
        }
        return text
    }
}
