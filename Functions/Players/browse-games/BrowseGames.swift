import AccountsAccess
import Installation
import PlayersStore
import PlayersTimeZones
import Primitives
import Runtime

/// Shows the catalogue of games to anyone, keeps players' libraries, and lets admins change the catalogue.
@main
struct BrowseGames: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/", parameters: Page.parameters.union(["query", "category"])) { try $0.list($1, $2) },
        Route("GET", "/{gameId}") { try $0.show($1, $2) },
        Route("PUT", "/{gameId}") { try $0.put($1, $2) },
        Route("DELETE", "/{gameId}") { try $0.remove($1, $2) },
        Route("GET", "/library", parameters: Page.parameters) { try $0.library($1, $2) },
        Route("PUT", "/library/{gameId}") { try $0.own($1, $2) },
        Route("DELETE", "/library/{gameId}") { try $0.disown($1, $2) },
    ]

    let players: Players
    let access: Access

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "browse-games")
        access = try Access(installation)
        players = Players(installation, access, zones: TimeZoneFolder())
    }

    /// The calling account; 401 without a valid token.
    func caller(_ request: Request, _ context: Context) throws -> UniqueID {
        try players.begin(context)
        return try access.caller(request, context).accountID
    }
}
