public import AccountsDomain
import Audit
import BSON
public import MongoDB
public import Runtime

extension Accounts {
    /// Whether there is an account with the role, whatever its status.
    public func hasAdmin() throws(MongoError) -> Bool {
        try accounts.findOne(["roles": .string(Role.admin.rawValue)], projection: ["_id": 1]) != nil
    }

    /// Hands credentials out to an admin from the command line: makes the account, or gives an account that exists the
    /// role and new credentials, its old ones being dead at once. A locked account is unlocked.
    public func handOutAdmin(_ login: Login, _ context: Context) throws -> IssuedHandout {
        guard let account = try account(login, at: context.now) else {
            return try createWithHandout(NewAccount(login: login, roles: [.admin], maker: .system), context).handout
        }
        try unlock(account, by: .system, context)
        try grant(.admin, to: account, by: .system, context)
        guard let present = try self.account(account.id) else { throw AccountsError.overtaken }
        return try mintAgain(present, by: .system, context)
    }
}
