import AccountsAccess
import AccountsDomain
import AccountsStore
import Audit
import Installation
import JSON
import Primitives
import Runtime

extension ManageAccount {
    func list(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        let caller = try access.caller(request, context)
        let filter = try filter(request, context)
        let list = "accounts?" + (request.parameters["query"] ?? "") + "&" + (request.parameters["status"] ?? "")
        let page = try Page(request, of: list, for: caller.accountID, accounts.installation)
        try access.requireAdmin(caller, context)
        let found = try accounts.list(filter, after: page.afterID, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last?.id.bytes : nil
        return Answer.json(page.answer("accounts", shown.map(\.summary), next: next, accounts.installation))
    }

    func lock(_ request: Request, _ context: Context) throws -> Answer {
        let (admin, account) = try named(request, context)
        try accounts.lock(account, by: .account(admin.accountID), context)
        return try summary(of: account)
    }

    func unlock(_ request: Request, _ context: Context) throws -> Answer {
        let (admin, account) = try named(request, context)
        try accounts.unlock(account, by: .account(admin.accountID), context)
        return .noContent
    }

    func grant(_ request: Request, _ context: Context) throws -> Answer {
        let (admin, account) = try named(request, context)
        try accounts.grant(role(request), to: account, by: .account(admin.accountID), context)
        return try summary(of: account)
    }

    func revokeRole(_ request: Request, _ context: Context) throws -> Answer {
        let (admin, account) = try named(request, context)
        try accounts.revoke(role(request), from: account, by: .account(admin.accountID), context)
        return .noContent
    }

    func listHandouts(_ request: Request, _ context: Context) throws -> Answer {
        accounts.installation.begin(context)
        _ = try access.admin(request, context)
        let handouts = try accounts.handouts(of: account(request, context).id)
        return Answer.json(["handouts": .array(handouts.map { $0.json(at: context.now) }), "next": .null])
    }

    func revokeHandouts(_ request: Request, _ context: Context) throws -> Answer {
        let (admin, account) = try named(request, context)
        try accounts.revokeHandouts(of: account, by: .account(admin.accountID), context)
        return .noContent
    }

    private func named(_ request: Request, _ context: Context) throws -> (Caller, Account) {
        accounts.installation.begin(context)
        let admin = try access.freshAdmin(request, context)
        return (admin, try account(request, context))
    }

    private func account(_ request: Request, _ context: Context) throws -> Account {
        guard let login = Login(parsing: request.captures["login"] ?? ""),
            let account = try accounts.account(login, at: context.now)
        else { throw FunctionFailure.notFound }
        return account
    }

    private func role(_ request: Request) throws -> Role {
        guard let role = Role(rawValue: request.captures["role"] ?? "") else { throw FunctionFailure.notFound }
        return role
    }

    private func summary(of account: Account) throws -> Answer {
        guard let now = try accounts.account(account.id) else { throw FunctionFailure.notFound }
        return Answer.json(now.summary)
    }

    private func filter(_ request: Request, _ context: Context) throws -> AccountFilter {
        var filter = AccountFilter()
        if let query = request.parameters["query"], !query.isEmpty {
            guard query.unicodeScalars.count <= 64 else {
                throw FunctionFailure.invalidRequest(detail: "The query is too long.")
            }
            filter.query = query
        }
        if let text = request.parameters["status"] {
            guard let status = AccountStatus(rawValue: text) else {
                throw FunctionFailure.invalidRequest(detail: "The status must be pending, active or locked.")
            }
            filter.status = status
        }
        if let text = request.parameters["expiringWithinDays"] {
            guard let days = Int64(text), (0...3650).contains(days) else {
                throw FunctionFailure.invalidRequest(detail: "expiringWithinDays must be 0 to 3650.")
            }
            filter.expiringBefore = context.now.adding(.seconds(days * 86_400))
        }
        return filter
    }
}
