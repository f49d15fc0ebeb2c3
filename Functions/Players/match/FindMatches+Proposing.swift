import AccountsAccess
import Installation
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersMatching
import PlayersStore
import Primitives
import Runtime

extension FindMatches {
    func matches(_ request: Request, _ context: Context) throws -> Answer {
        let account = try caller(request, context)
        let limit = try Self.limit(request)
        let game = try Self.game(request)
        guard try players.player(account.id).hasProfile else {
            throw FunctionFailure(409, "conflict", title: "Conflict", detail: "Matches need a profile; put one first.")
        }
        let now = context.now
        let (found, asOf) = try matcher.matches(for: account, game: game, limit: limit, context)
        let games = try players.catalogue.games(Array(Set(found.flatMap { $0.player.library.map(\.gameID) })))
        let shown = try found.compactMap {
            try json($0, players.openAmongOthers($0.player, of: $0.account, at: now), games)
        }
        return Answer.json(["matches": .array(shown), "asOf": .string(asOf.description)])
            .adding("cache-control", "no-store")
    }

    private static func limit(_ request: Request) throws(FunctionFailure) -> Int {
        guard let text = request.parameters["limit"] else { return 20 }
        guard let limit = Int(text), (1...100).contains(limit) else {
            throw .invalidRequest(detail: "The parameter limit must be a whole number from 1 to 100.")
        }
        return limit
    }

    private static func game(_ request: Request) throws(FunctionFailure) -> GameID? {
        guard let text = request.parameters["game"] else { return nil }
        guard let game = GameID(parsing: text) else {
            throw .invalidRequest(detail: "The parameter game must be a game's id.")
        }
        return game
    }

    private func json(_ match: Match, _ profile: Profile?, _ games: [Game]) -> JSONValue? {
        guard let profile else { return nil }
        let score = match.score
        let view = PublicView(
            match.account, profile, match.player.library, games, isTeammate: false,
            publicURL: players.installation.publicURL)
        return [
            "player": view.json, "score": .integer(Int64(score.points)),
            "breakdown": [
                "games": .integer(Int64(score.games / 100)), "skill": .integer(Int64(score.skill / 100)),
                "availability": .integer(Int64(score.availability / 100)),
                "preferences": .integer(Int64(score.preferences / 100)),
            ],
            "commonGames": .array(score.commonGames.map(JSONValue.string)),
            "overlapMinutes": .integer(Int64(score.overlap * 30)),
        ]
    }
}
