import Installation
import PlayersAnswering
import PlayersMatching
import PlayersStore
import Runtime

/// Proposes players to each other and keeps what comes of it: requests, teammates, blocks, reports.
@main
struct FindMatches: PlayersFunction {
    static let name = "match"
    static let routes: [Route<Self>] = [
        Route("GET", "/", parameters: ["limit", "game"]) { try $0.matches($1, $2) },
        Route("POST", "/requests") { try $0.request($1, $2) },
        Route("GET", "/requests", parameters: Page.parameters.union(["direction", "status"])) {
            try $0.requests($1, $2)
        },
        Route("POST", "/requests/{id}/accept") { try $0.answer(.accepted, $1, $2) },
        Route("POST", "/requests/{id}/decline") { try $0.answer(.declined, $1, $2) },
        Route("DELETE", "/requests/{id}") { try $0.withdraw($1, $2) },
        Route("GET", "/teammates", parameters: Page.parameters) { try $0.teammates($1, $2) },
        Route("DELETE", "/teammates/{login}") { try $0.part($1, $2) },
        Route("GET", "/blocks", parameters: Page.parameters) { try $0.blocks($1, $2) },
        Route("PUT", "/blocks/{login}") { try $0.block($1, $2) },
        Route("DELETE", "/blocks/{login}") { try $0.unblock($1, $2) },
        Route("POST", "/reports") { try $0.report($1, $2) },
        Route("GET", "/reports", parameters: Page.parameters.union(["status"])) { try $0.reports($1, $2) },
        Route("GET", "/reports/{id}") { try $0.showReport($1, $2) },
        Route("POST", "/reports/{id}/resolve") { try $0.resolve($1, $2) },
    ]

    let players: Players
    let matcher: Matcher

    init(players: Players) {
        self.players = players
        matcher = Matcher(players)
    }
}
