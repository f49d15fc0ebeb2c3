import Installation
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import Primitives
import Runtime

extension BrowseGames {
    func library(_ request: Request, _ context: Context) throws -> Answer {
        let account = try callerID(request, context)
        let page = try Page(request, of: "library", for: account, players.installation)
        let after = page.after.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let rest = try players.player(account).library.filter { $0.gameID.text > after }
        let shown = rest.prefix(page.limit)
        let next = rest.count > page.limit ? shown.last.map { Array($0.gameID.text.utf8) } : nil
        let games = try players.catalogue.games(shown.map(\.gameID))
        let entries = shown.map { entry in entry.json(games.first { $0.id == entry.gameID }) }
        return Answer.json(page.answer("games", entries, next: next, players.installation))
    }

    func own(_ request: Request, _ context: Context) throws -> Answer {
        let account = try callerID(request, context)
        let content = try request.content(as: EntryContent.self)
        let game = try game(request)
        let entry: LibraryEntry
        do throws(JSONError) {
            entry = try content.entry(of: game)
        } catch {
            throw FunctionFailure.invalidRequest(error)
        }
        switch try players.put(entry, of: account) {
        case .put: return Answer.json(entry.json(game))
        case .gone: throw FunctionFailure.notFound
        case .full:
            throw FunctionFailure(
                409, "conflict", title: "Conflict",
                detail: "A library holds at most \(Players.largestLibrary) games.")
        }
    }

    func disown(_ request: Request, _ context: Context) throws -> Answer {
        let account = try callerID(request, context)
        if let id = GameID(parsing: request.captures["gameId"] ?? "") { try players.remove(id, of: account) }
        return .noContent
    }
}
