import AccountsAccess
import Installation
import JSON
import PlayersAnswering
import PlayersDomain
import PlayersStore
import PlayersTimeZones
import Primitives
import Runtime

/// Shows players their profile and changes it; shows others what they may see of it.
@main
struct EditProfile: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/") { try $0.show($1, $2) },
        Route("PUT", "/") { try $0.replace($1, $2) },
        Route("PATCH", "/") { try $0.merge($1, $2) },
        Route("GET", "/{login}") { try $0.view($1, $2) },
        Route("PUT", "/{login}/birth-date") { try $0.correctBirthDate($1, $2) },
    ]

    let players: Players
    let access: Access

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "edit-profile")
        access = try Access(installation)
        players = Players(installation, access, zones: TimeZoneFolder())
    }

    /// The calling account; 401 without a valid token.
    func caller(_ request: Request, _ context: Context) throws -> Person {
        try players.begin(context)
        let caller = try access.caller(request, context)
        guard let account = try players.access.person(caller.accountID) else { throw FunctionFailure.unauthorized }
        return account
    }
}
