import Installation
import PlayersAnswering
import PlayersStore
import Runtime

/// Shows the catalogue of games to anyone, keeps players' libraries, and lets admins change the catalogue.
@main
struct BrowseGames: PlayersFunction {
    static let name = "browse-games"
    static let routes: [Route<Self>] = [
        Route("GET", "/", parameters: Page.parameters.union(["query", "category"]), isOpen: true) {
            try $0.list($1, $2)
        },
        Route("GET", "/{gameId}", isOpen: true) { try $0.show($1, $2) },
        Route("PUT", "/{gameId}") { try $0.put($1, $2) },
        Route("DELETE", "/{gameId}") { try $0.remove($1, $2) },
        Route("GET", "/library", parameters: Page.parameters) { try $0.library($1, $2) },
        Route("PUT", "/library/{gameId}") { try $0.own($1, $2) },
        Route("DELETE", "/library/{gameId}") { try $0.disown($1, $2) },
    ]

    let players: Players
}
