import AccountsDomain
import Audit
import BSON
import MongoDB
import Primitives
public import Runtime
public import Tokens

extension Accounts {
    /// Makes new credentials for whoever holds the token; `nil` where it is unknown, has lapsed or has ended.
    ///
    /// A token belongs to the version that it was proven for and to the unconfirmed sets it made since: while none of
    /// them has logged in, it can be used again, since an answer may be lost; each use replaces the set before.
    public func renew(_ token: OpaqueToken, _ context: Context) throws -> RenewedAccount? {
        guard let (account, uses) = try renewable(token, context) else { return nil }
        let set = CredentialSet(random: context.random)
        let version = account.credentials.version + 1
        let sealed = try sealer.seal(set, of: account.id, under: account.keyID, version: version, at: context.now)
        let device = OpaqueToken(random: context.random)
        do {
            try replace(account, with: sealed, token, uses, device, context)
        } catch .overtaken {
            return nil
        }
        return RenewedAccount(account: account, credentials: sealed, set: set, deviceToken: device)
    }

    func insert(_ renewal: IssuedRenewal, of account: Account, _ session: MongoSession) throws(MongoError) {
        try renewals.insert(
            [
                "_id": .bytes(renewal.token.digest), "accountId": .id(account.id),
                "credentialVersion": .int64(account.credentials.version), "uses": 0,
                "expiresAt": .date(renewal.expiresAt),
            ], session: session)
    }

    private func renewable(
        _ token: OpaqueToken, _ context: Context
    ) throws(MongoError) -> (account: Account, uses: Int64)? {
        let live: Document = ["_id": .bytes(token.digest), "expiresAt": ["$gt": .date(context.now)]]
        guard let renewal = try renewals.findOne(live), let id = renewal["accountId"]?.id,
            let version = renewal["credentialVersion"]?.integer, let uses = renewal["uses"]?.integer,
            let account = try account(id), account.status != .locked, account.credentials.version == version,
            uses == 0 || !account.credentials.confirmed
        else { return nil }
        return (account, uses)
    }

    private func replace(
        _ account: Account, with credentials: Account.Credentials, _ token: OpaqueToken, _ uses: Int64,
        _ device: OpaqueToken, _ context: Context
    ) throws(AccountsError) {
        try recording([event(.credentialsRenewed, on: account, context)]) { (session) throws(AccountsError) in
            let moved = try AccountsError.carrying { () throws(MongoError) in
                guard try moveRenewal(token, to: credentials.version, account, uses, session) else { return false }
                return try put(credentials, over: account, onlyIfUnconfirmed: uses > 0, session)
            }
            guard moved else { throw .overtaken }
            try AccountsError.carrying { () throws(MongoError) in
                try endSessionsAndDevices(of: account.id, session)
                try voidHandouts(of: account.id, at: context.now, session)
                try insert(device, of: account.id, version: credentials.version, at: context.now, session)
            }
        }
    }

    private func moveRenewal(
        _ token: OpaqueToken, to version: Int64, _ account: Account, _ uses: Int64, _ session: MongoSession
    ) throws(MongoError) -> Bool {
        let same: Document = [
            "_id": .bytes(token.digest), "credentialVersion": .int64(account.credentials.version),
            "uses": .int64(uses),
        ]
        let next: Document = ["$set": ["credentialVersion": .int64(version)], "$inc": ["uses": 1]]
        return try renewals.update(same, next, session: session).matched == 1
    }

    func put(
        _ credentials: Account.Credentials, over account: Account, onlyIfUnconfirmed: Bool = false,
        _ session: MongoSession
    ) throws(MongoError) -> Bool {
        var same: Document = [
            "_id": .id(account.id), "credentials.version": .int64(account.credentials.version),
            "status": ["$ne": .string(AccountStatus.locked.rawValue)],
        ]
        if onlyIfUnconfirmed { same.append("credentials.confirmed", false) }
        let change: Document = [
            "$set": ["credentials": .document(credentials.document)], "$unset": ["totpLastStep": true],
        ]
        return try accounts.update(same, change, session: session).matched == 1
    }

    func endSessionsAndDevices(of account: UniqueID, _ session: MongoSession) throws(MongoError) {
        try sessions.deleteMany(["accountId": .id(account)], session: session)
        try devices.deleteMany(["accountId": .id(account)], session: session)
    }
}
