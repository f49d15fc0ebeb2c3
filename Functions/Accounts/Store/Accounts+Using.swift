import AccountsDomain
import Audit
import BSON
import MongoDB
import Primitives
import Runtime

extension Accounts {
    /// Uses a proof up in the transaction of what it is for, on condition that the account is as it was checked.
    func using(
        _ proven: ProvenLogin, _ events: [AuditEvent], _ context: Context,
        _ body: (MongoSession) throws(MongoError) -> Void
    ) throws(AccountsError) {
        try using(proven, events, context) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in try body(session) }
        }
    }

    /// The same for a body that may refuse by itself.
    func using(
        _ proven: ProvenLogin, _ events: [AuditEvent], _ context: Context,
        _ body: (MongoSession) throws(AccountsError) -> Void
    ) throws(AccountsError) {
        do {
            try recording(events) { (transaction) throws(AccountsError) in
                try use(proven, context, transaction)
                try body(transaction)
            }
        } catch {
            throttles.giveBack(proven.throttle, after: error, at: context.now)
            throw error
        }
        try? throttles.clear(proven.throttle)
    }

    /// Uses a proof up within a transaction; throws `.overtaken` where the account is not as it was checked.
    func use(_ proven: ProvenLogin, _ context: Context, _ session: MongoSession) throws(AccountsError) {
        let used = try AccountsError.carrying { () throws(MongoError) in
            try accounts.update(condition(of: proven), change(by: proven, context), session: session)
        }
        guard used.matched == 1 else { throw .overtaken }
    }

    private func condition(of proven: ProvenLogin) -> Document {
        var condition: Document = [
            "_id": .id(proven.account.id), "credentials.version": .int64(proven.account.credentials.version),
            "status": ["$ne": .string(AccountStatus.locked.rawValue)],
        ]
        switch proven.factor {
        case .totp(let step): condition.append("totpLastStep", ["$not": ["$gte": .int64(step)]])
        case .recoveryCode(let digest):
            condition.append("credentials.recoveryCodes", .bytes(digest))
        }
        return condition
    }

    private func change(by proven: ProvenLogin, _ context: Context) -> Document {
        var set: Document = ["lastSeenAt": .date(context.now), "credentials.confirmed": true]
        if proven.account.status == .pending {
            set.append("status", .string(AccountStatus.active.rawValue))
            set.append("confirmedAt", .date(context.now))
        }
        if let raised = proven.raised {
            set.append("credentials.password", raised.sealed)
            set.append("credentials.pepperId", .string(raised.pepperID))
        }
        var change: Document = [:]
        switch proven.factor {
        case .totp(let step): set.append("totpLastStep", .int64(step))
        case .recoveryCode(let digest): change.append("$pull", ["credentials.recoveryCodes": .bytes(digest)])
        }
        change.append("$set", .document(set))
        return change
    }
}
