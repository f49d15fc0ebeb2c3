public import AccountsDomain
import Audit
import BSON
import MongoDB
import Notifications
import Primitives
public import Runtime

extension Accounts {
    private static let attempts = 5

    /// Announces one stage of the end of credentials for at most `count` accounts, each once, and forces their renewal
    /// where they have ended; gives for how many. Throws `.overtaken` where others kept changing the same accounts.
    public func announceExpiry(_ stage: ExpiryStage, atMost count: Int, _ context: Context) throws -> Int {
        let filter = filter(of: stage, at: context.now)
        return try lookingAgain {
            let found = try accounts.find(
                filter, sort: ["credentials.expiresAt": 1], limit: count,
                projection: ["credentials.expiresAt": 1, "credentials.version": 1])
            return try announce(found, stage, filter, context)
        }
    }

    /// Announces at most `count` hand-outs that lapse unclaimed within a day, each once; gives how many.
    public func announceLapsingHandouts(atMost count: Int, _ context: Context) throws -> Int {
        let end = context.now.adding(.seconds(86_400))
        let filter: Document = [
            "purpose": .string(Handout.Purpose.claim.rawValue), "claimedAt": .null, "revokedAt": .null,
            "announcedAt": .null, "lapsesAt": ["$gt": .date(context.now), "$lte": .date(end)],
        ]
        return try lookingAgain {
            let found = try handouts.find(
                filter, sort: ["lapsesAt": 1], limit: count, projection: ["accountId": 1, "lapsesAt": 1])
            let told = found.map { handout in
                NewNotice(.handoutExpiring, handout["accountId"]?.id, ["lapsesAt": handout["lapsesAt"] ?? .null])
            }
            let change: Document = ["$set": ["announcedAt": .date(context.now)]]
            return try mark(found, in: handouts, filter, change, told, .handoutExpiring, context)
        }
    }

    private func announce(
        _ found: [Document], _ stage: ExpiryStage, _ filter: Document, _ context: Context
    ) throws(AccountsError) -> Int {
        let isOver = stage == .over
        var set: Document = ["credentials.announced": .int64(stage.rawValue)]
        if isOver { set.append("credentials.mustRenew", true) }
        let told = found.map { account in
            let credentials = account["credentials"]?.document
            return NewNotice(
                isOver ? .credentialsExpired : .credentialsExpiring, account["_id"]?.id,
                [
                    "days": .int64(stage.rawValue), "expiresAt": credentials?["expiresAt"] ?? .null,
                    "credentialVersion": credentials?["version"] ?? .null,
                ])
        }
        let kind: AuditEvent.Kind = isOver ? .credentialsExpired : .credentialsExpiring
        return try mark(found, in: accounts, filter, ["$set": .document(set)], told, kind, context)
    }

    /// Marks what was found as announced, with a notice and an event for each, in one transaction: all of it or nothing.
    private func mark(
        _ found: [Document], in collection: MongoCollection, _ filter: Document, _ change: Document,
        _ told: [NewNotice], _ kind: AuditEvent.Kind, _ context: Context
    ) throws(AccountsError) -> Int {
        guard !found.isEmpty else { return 0 }
        let these: Document = ["_id": ["$in": .array(found.compactMap { $0["_id"] })]]
        let events = told.compactMap(\.account).map { account in
            AuditEvent(kind, by: .system, on: .account(account), call: context.callID, at: context.now)
        }
        try recording(events) { (session) throws(AccountsError) in
            let marked = try AccountsError.carrying { () throws(MongoError) in
                try collection.updateMany(these.merging(filter), change, session: session).matched
            }
            guard marked == found.count else { throw .overtaken }
            try AccountsError.carrying { () throws(MongoError) in
                try notices.add(told, at: context.now, session)
                try notifications.add(told.compactMap { notification($0, context) }, session)
            }
        }
        return found.count
    }

    /// What the owner himself is told of a notice; of hand-outs, which nobody has claimed, nothing.
    private func notification(_ notice: NewNotice, _ context: Context) -> Notification? {
        guard let account = notice.account, let expiresAt = notice.data["expiresAt"] else { return nil }
        return Notification(
            .credentialsExpiring, to: account, ["days": notice.data["days"] ?? 0, "expiresAt": expiresAt],
            at: context.now, random: context.random)
    }

    /// Those whose owners can log in and have not been told of this stage or a later one.
    private func filter(of stage: ExpiryStage, at now: Timestamp) -> Document {
        var end: Document = ["$lte": .date(stage.latestEnd(at: now))]
        if let next = stage.next { end.append("$gt", .date(next.latestEnd(at: now))) }
        return [
            "credentials.announced": ["$in": .array([.null] + stage.earlier.map { .int64($0.rawValue) })],
            "credentials.expiresAt": .document(end), "credentials.password": ["$exists": true],
            "status": ["$ne": .string(AccountStatus.locked.rawValue)],
        ]
    }

    /// Looks again where another call was first with one of what was found.
    private func lookingAgain(_ body: () throws -> Int) throws -> Int {
        for _ in 1..<Self.attempts {
            do { return try body() } catch AccountsError.overtaken { continue }
        }
        return try body()
    }
}
