import AccountsDomain
public import Audit
import BSON
public import MongoDB
public import Primitives
public import Runtime
import Tokens

extension Accounts {
    /// Kills an account's credentials and sessions and hands out new ones, on condition that they are as they were
    /// read; throws `.overtaken` otherwise, or where the account is locked.
    public func handOut(_ account: Account, by maker: AuditEvent.Party, _ context: Context) throws -> IssuedHandout {
        let handout = IssuedHandout(at: context.now, life: handoutLife, random: context.random)
        let version = account.credentials.version + 1
        let waiting = sealer.awaitingClaim(version: version, at: context.now, until: handout.expiresAt)
        let events = [AuditEvent.Kind.credentialsRotated, .handoutIssued].map {
            event($0, by: maker, on: account, context)
        }
        try recording(events) { (session) throws(AccountsError) in
            try supersede(account, with: waiting, session)
            try AccountsError.carrying { () throws(MongoError) in
                try insert(handout, .claim, of: account.id, version: version, session)
            }
        }
        return handout
    }

    /// Mints another hand-out for an account that still waits for its claim; earlier ones are void.
    public func mintAgain(_ account: Account, by maker: AuditEvent.Party, _ context: Context) throws -> IssuedHandout {
        guard account.credentials.secrets == nil else { return try handOut(account, by: maker, context) }
        let handout = IssuedHandout(at: context.now, life: handoutLife, random: context.random)
        let same: Document = [
            "_id": .id(account.id), "credentials.version": .int64(account.credentials.version),
            "credentials.password": .null,
        ]
        try recording([event(.handoutIssued, by: maker, on: account, context)]) { (session) throws(AccountsError) in
            let waits = try AccountsError.carrying { () throws(MongoError) in
                try accounts.update(
                    same, ["$set": ["credentials.claimBy": .date(handout.expiresAt)]], session: session
                ).matched == 1
            }
            guard waits else { throw .overtaken }
            try AccountsError.carrying { () throws(MongoError) in
                try voidHandouts(of: account.id, at: context.now, session)
                try insert(handout, .claim, of: account.id, version: account.credentials.version, session)
            }
        }
        return handout
    }

    /// Mints a link for an owner who lost his password; his credentials live until it is claimed.
    public func mintRecovery(_ account: Account, _ context: Context) throws -> IssuedHandout {
        let handout = IssuedHandout(at: context.now, life: handoutLife, random: context.random)
        let issued = event(.handoutIssued, by: .anyone, on: account, context)
        try recording([issued]) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                try voidHandouts(of: account.id, at: context.now, session)
                try insert(handout, .recovery, of: account.id, version: account.credentials.version, session)
            }
        }
        return handout
    }

    /// The account's hand-outs of the last 90 days, the newest first.
    public func handouts(of account: UniqueID) throws(MongoError) -> [Handout] {
        try handouts.find(["accountId": .id(account)], sort: ["createdAt": -1], limit: 100).compactMap(Handout.init)
    }

    /// Makes the account's open hand-outs void.
    public func revokeHandouts(of account: Account, by maker: AuditEvent.Party, _ context: Context) throws {
        try recording([event(.handoutRevoked, by: maker, on: account, context)]) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                try voidHandouts(of: account.id, at: context.now, session)
            }
        }
    }

    func insert(
        _ handout: IssuedHandout, _ purpose: Handout.Purpose, of account: UniqueID, version: Int64,
        _ session: MongoSession
    ) throws(MongoError) {
        let createdAt = handout.expiresAt.adding(.zero - handoutLife)
        try handouts.insert(
            [
                "_id": .bytes(handout.token.digest), "accountId": .id(account),
                "purpose": .string(purpose.rawValue), "credentialVersion": .int64(version),
                "createdAt": .date(createdAt), "lapsesAt": .date(handout.expiresAt),
                "expiresAt": .date(handout.expiresAt.adding(Handout.keptFor)),
            ], session: session)
    }

    func voidHandouts(of account: UniqueID, at now: Timestamp, _ session: MongoSession) throws(MongoError) {
        let open: Document = ["accountId": .id(account), "claimedAt": .null, "revokedAt": .null]
        try handouts.updateMany(open, ["$set": ["revokedAt": .date(now)]], session: session)
    }

    /// Puts `credentials` in the place of those that were read, and ends all that hung on them.
    func supersede(
        _ account: Account, with credentials: Account.Credentials, _ session: MongoSession
    ) throws(AccountsError) {
        let isPut = try AccountsError.carrying { () throws(MongoError) in
            try put(credentials, over: account, session)
        }
        guard isPut else { throw .overtaken }
        try AccountsError.carrying { () throws(MongoError) in
            try endSessionsAndDevices(of: account.id, session)
            try renewals.deleteMany(["accountId": .id(account.id)], session: session)
            try voidHandouts(of: account.id, at: credentials.issuedAt, session)
        }
    }
}
