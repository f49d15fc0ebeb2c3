import AccountsAccess
import AccountsStore
import Audit
import Installation
import JSON
import Runtime

/// Shows admins the audit events, and whether their chain holds.
@main
struct ReadAudit: BearerFunction {
    static let routes: [Route<Self>] = [
        Route("GET", "/", parameters: Page.parameters.union(["login", "type"])) { try $0.list($1, $2) },
        Route("GET", "/verify") { try $0.verify($1, $2) },
    ]

    private let installation: Installation
    let access: Access
    private let log: AccountEvents
    private let chain: AuditChain
    private let outside: OutsideHead?

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "read-audit")
        let accounts = try Accounts(installation)
        access = try Access(accounts)
        log = AccountEvents(accounts)
        chain = AuditChain(client: installation.client, keys: installation.auditKeys)
        outside = environment.setting("AUDIT_HEAD_PATH").map(OutsideHead.init(path:))
    }

    private func list(_ request: Request, _ context: Context) throws -> Answer {
        installation.begin(context)
        let caller = try access.caller(request, context)
        let filter = try EventFilter(request)
        let page = try Page(request, of: filter.name, for: caller.accountID, installation)
        try access.requireAdmin(caller, context)
        let found = try log.list(filter.asked, after: page.after.flatMap(EventPosition.init), limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last.map { EventPosition($0).bytes } : nil
        return Answer.json(page.answer("events", shown.map { log.json($0) }, next: next, installation))
            .adding("cache-control", "no-store")
    }

    private func verify(_ request: Request, _ context: Context) throws -> Answer {
        installation.begin(context)
        _ = try access.admin(request, context)
        let verdict = try chain.verify(outside: try outside?.last(), at: context.now)
        return Answer.json(.object(verdict.json(hasOutside: outside != nil))).adding("cache-control", "no-store")
    }
}
