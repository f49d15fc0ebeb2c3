import AccountsDomain
import BSON
public import MongoDB
public import Primitives

extension Accounts {
    /// How long an access token and its session live at most.
    public static let sessionLife: Duration = .seconds(7 * 86_400)
    private static let seenEvery: Duration = .seconds(60)

    /// The session of that id while it lasts; `nil` once it has ended, was revoked, or its account is not active.
    public func session(_ id: UniqueID, at now: Timestamp) throws(MongoError) -> Session? {
        guard let session = try sessions.findOne(["_id": .id(id)]).flatMap(Session.init) else { return nil }
        guard session.expiresAt > now, session.status == .active else { return nil }
        if now >= session.lastSeenAt.adding(Self.seenEvery) {
            try sessions.update(["_id": .id(id)], ["$max": ["lastSeenAt": .date(now)]])
            try accounts.update(["_id": .id(session.accountID)], ["$max": ["lastSeenAt": .date(now)]])
        }
        return session
    }

    /// The account's sessions that last, the newest first.
    public func sessions(of account: UniqueID, at now: Timestamp) throws(MongoError) -> [Session] {
        let filter: Document = ["accountId": .id(account), "expiresAt": ["$gt": .date(now)]]
        return try sessions.find(filter, sort: ["_id": -1], limit: 100).compactMap(Session.init)
    }
}
