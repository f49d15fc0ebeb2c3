import AccountsDomain
import Audit
public import BSON
public import MongoDB
public import Primitives
public import Runtime

extension Accounts {
    /// How long an access token and its session live at most.
    public static let sessionLife: Duration = .seconds(7 * 86_400)
    private static let seenEvery: Duration = .seconds(60)

    /// The session of that id while it lasts; `nil` once it has ended, was revoked, or its account is not active.
    public func session(_ id: UniqueID, at now: Timestamp) throws(MongoError) -> Session? {
        try session(sessions.findOne(["_id": .id(id)]), at: now)
    }

    /// What finds the session of that id, to be given what it found.
    public func sessionLookup(_ id: UniqueID) -> Lookup {
        sessions.lookup(["_id": .id(id)])
    }

    /// The same of what was found for its id.
    public func session(_ found: Document?, at now: Timestamp) throws(MongoError) -> Session? {
        guard let session = found.flatMap(Session.init) else { return nil }
        guard session.expiresAt > now, session.status == .active, !session.isRevoked else { return nil }
        if now >= session.lastSeenAt.adding(Self.seenEvery) {
            try sessions.update(["_id": .id(session.id)], ["$max": ["lastSeenAt": .date(now)]])
            try accounts.update(["_id": .id(session.accountID)], ["$max": ["lastSeenAt": .date(now)]])
        }
        return session
    }

    /// Ends one of the account's sessions at once; false where the account has had none of that id.
    public func revoke(_ session: UniqueID, of account: Account, _ context: Context) throws -> Bool {
        try revoke(["_id": .id(session)], of: account, context)
    }

    /// Ends all of the account's sessions but one.
    public func revokeSessions(of account: Account, but kept: UniqueID, _ context: Context) throws {
        _ = try revoke(["_id": ["$ne": .id(kept)]], of: account, context)
    }

    private func revoke(_ which: Document, of account: Account, _ context: Context) throws(AccountsError) -> Bool {
        let revoked = event(.sessionRevoked, on: account, context)
        return try recording([revoked]) { (transaction) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                let own = which.merging(["accountId": .id(account.id)])
                let change: Document = ["$min": ["revokedAt": .date(context.now)]]
                return try sessions.updateMany(own, change, session: transaction).matched > 0
            }
        }
    }

    /// The account's sessions that last, the newest first.
    public func sessions(of account: UniqueID, at now: Timestamp) throws(MongoError) -> [Session] {
        let filter: Document = ["accountId": .id(account), "expiresAt": ["$gt": .date(now)], "revokedAt": .null]
        return try sessions.find(filter, sort: ["_id": -1], limit: 100).compactMap(Session.init)
    }
}
