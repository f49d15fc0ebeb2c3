public import AccountsDomain
import Audit
import BSON
import FieldEncryption
import Installation
public import MongoDB
public import Primitives
public import Runtime

/// Accounts that are there to be looked at: marked, active, and without credentials, so that nobody logs into them.
extension Accounts {
    private static let mark = "demonstration"
    private static let years: Duration = .seconds(10 * 365 * 86_400)

    /// Makes one that was last seen at `seenAt`; throws `.loginTaken` where there is one of that login.
    public func createDemonstration(_ login: Login, seenAt: Timestamp, _ context: Context) throws -> UniqueID {
        let new = NewAccount(login: login)
        return try withNewKey(for: new, context) { id, key in
            let credentials = sealer.awaitingClaim(version: 0, at: context.now, until: context.now.adding(Self.years))
            var account = try document(of: new, id, key, credentials, context)
            account["status"] = .string(AccountStatus.active.rawValue)
            account.append("lastSeenAt", .date(seenAt))
            account.append(Self.mark, true)
            try insert(account, new, [.accountCreated], context) { (_) throws(MongoError) in }
            return id
        }
    }

    /// The ids of all of them by their logins.
    public func demonstrations() throws(MongoError) -> [String: UniqueID] {
        var found: [String: UniqueID] = [:]
        for account in try accounts.find([Self.mark: true], projection: ["login": 1]) {
            if let id = account["_id"]?.id, let login = account["login"]?.string { found[login] = id }
        }
        return found
    }

    /// Says that one of them was seen.
    public func seeDemonstration(_ id: UniqueID, at time: Timestamp) throws(MongoError) {
        try accounts.update(["_id": .id(id)], ["$max": ["lastSeenAt": .date(time)]])
    }

    /// Erases one of them with its data key; `also` removes what other packs keep. Does nothing to any other account.
    public func eraseDemonstration(
        _ id: UniqueID, _ context: Context, also: (MongoSession) throws(MongoError) -> Void
    ) throws {
        guard let account = try account(id) else { return }
        let erased = AuditEvent(.accountErased, by: .anyone, on: .account(id), call: context.callID, at: context.now)
        try recording([erased]) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                let filter: Document = ["_id": .id(id), Self.mark: true]
                guard try accounts.delete(filter, session: session) == 1 else { throw .invalid("no demonstration") }
                try removeBelongings(of: id, session)
                try also(session)
                try erasures.insert(
                    ["_id": .id(id), "keyId": .id(account.keyID), "at": .date(context.now), "listed": false],
                    session: session)
            }
        }
        try installation.encryption.destroyDataKey(account.keyID)
        try? ErasureList(installation.environment).append(from: erasures)
    }
}
