import AccountsAccess
import AccountsStore
import Installation
import MessagesStore
import PlayersStore
import Runtime

/// Shows an account to its owner, who changes, exports and erases it; admins list, lock and promote.
@main
struct ManageAccount: BearerFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/") { try $0.show($1, $2) },
        Route("PATCH", "/") { try $0.change($1, $2) },
        Route("DELETE", "/sessions") { try $0.revokeOthers($1, $2) },
        Route("DELETE", "/sessions/{sid}") { try $0.revokeSession($1, $2) },
        Route("GET", "/export") { try $0.export($1, $2) },
        Route("POST", "/erase") { try $0.erase($1, $2) },
        Route(
            "GET", "/accounts", parameters: Page.parameters.union(["query", "status", "expiringWithinDays"])
        ) { try $0.list($1, $2) },
        Route("PUT", "/accounts/{login}/lock") { try $0.lock($1, $2) },
        Route("DELETE", "/accounts/{login}/lock") { try $0.unlock($1, $2) },
        Route("PUT", "/accounts/{login}/roles/{role}") { try $0.grant($1, $2) },
        Route("DELETE", "/accounts/{login}/roles/{role}") { try $0.revokeRole($1, $2) },
        Route("GET", "/accounts/{login}/handouts") { try $0.listHandouts($1, $2) },
        Route("DELETE", "/accounts/{login}/handouts") { try $0.revokeHandouts($1, $2) },
    ]

    let accounts: Accounts
    let access: Access
    let players: PlayerRecords
    let messages: AccountMessages

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        let installation = try Installation(environment: environment, function: "manage-account")
        accounts = try Accounts(installation)
        players = PlayerRecords(installation)
        messages = AccountMessages(installation)
        access = try Access(accounts)
    }
}
