import AccountsAccess
import AccountsDomain
import AccountsIssuing
import AccountsStore
import Installation
import JSON
import MessagesStore
import MongoDB
import PlayersStore
import Primitives
import Runtime

extension ManageAccount {
    func show(_ request: Request, _ context: Context) throws -> Answer {
        let (caller, account) = try owner(request, context)
        return try view(account, caller, context)
    }

    func change(_ request: Request, _ context: Context) throws -> Answer {
        let (caller, account) = try owner(request, context)
        let wanted = try request.content(
            as: ChangeRequest.self, mediaTypes: ["application/json", "application/merge-patch+json"])
        try prove(wanted.proof, account, context) { proven in try accounts.apply(wanted.change, proven, context) }
        guard let changed = try accounts.account(account.id) else { throw FunctionFailure.unauthorized }
        return try view(changed, caller, context)
    }

    func revokeSession(_ request: Request, _ context: Context) throws -> Answer {
        let (_, account) = try owner(request, context)
        guard let sid = UniqueID(parsing: request.captures["sid"] ?? ""),
            try accounts.revoke(sid, of: account, context)
        else { throw FunctionFailure.notFound }
        return .noContent
    }

    func revokeOthers(_ request: Request, _ context: Context) throws -> Answer {
        let (caller, account) = try owner(request, context)
        try accounts.revokeSessions(of: account, but: caller.session.id, context)
        return .noContent
    }

    func erase(_ request: Request, _ context: Context) throws -> Answer {
        let (_, account) = try owner(request, context)
        let wanted = try request.content(as: EraseRequest.self)
        try prove(wanted.proof, account, context) { proven in
            try accounts.erase(proven, context) { (session) throws(MongoError) in
                try players.remove(account.id, session)
                try messages.remove(account.id, at: context.now, session)
            }
            try? messages.bury(account.id, at: context.now)
        }
        return .noContent
    }

    func owner(_ request: Request, _ context: Context) throws -> (Caller, Account) {
        accounts.installation.begin(context)
        let caller = try access.caller(request, context)
        guard let account = try accounts.account(caller.accountID) else { throw FunctionFailure.unauthorized }
        return (caller, account)
    }

    /// Checks the owner's proof and runs `body`, which uses it up.
    private func prove(
        _ proof: Proof, _ account: Account, _ context: Context, _ body: (ProvenLogin) throws -> Void
    ) throws {
        guard let login = Login(parsing: account.login) else { throw FunctionFailure.internalError }
        switch try accounts.check(login, proof, context) {
        case .refused: throw FunctionFailure.invalidCredentials
        case .throttled(let seconds): throw FunctionFailure.tooManyAttempts(retryAfter: seconds)
        case .proven(let proven):
            do { try body(proven) } catch AccountsError.overtaken { throw FunctionFailure.invalidCredentials }
        }
    }

    private func view(_ account: Account, _ caller: Caller, _ context: Context) throws -> Answer {
        let sessions = try accounts.sessions(of: account.id, at: context.now)
        var document = try account.json(email: accounts.email(of: account), at: context.now)
        document.append("sessions", .array(sessions.map { $0.json(isCurrent: $0.id == caller.session.id) }))
        return Answer.json(.object(document)).adding("cache-control", "no-store")
    }
}
