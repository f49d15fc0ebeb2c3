import AccountsDomain
import Audit
import BSON
import FieldEncryption
import Installation
import MongoDB
import Notifications
import Primitives
public import Runtime

extension Accounts {
    /// Removes at most `count` accounts that were never logged into or claimed in time, with their data keys.
    @discardableResult
    public func removeLapsed(atMost count: Int = 3, _ context: Context) throws -> Int {
        let lapsed = lapsed(at: context.now)
        var removed = 0
        for document in try accounts.find(lapsed, limit: count) {
            guard let account = Account(document) else { continue }
            if try remove(account, lapsed.merging(["_id": .id(account.id)]), context) { removed += 1 }
        }
        return removed
    }

    private func remove(_ account: Account, _ condition: Document, _ context: Context) throws -> Bool {
        let lapse = event(.accountLapsed, by: .system, on: account, context)
        do {
            try recording([lapse]) { (session) throws(AccountsError) in
                let count = try AccountsError.carrying { () throws(MongoError) in
                    try accounts.delete(condition, session: session)
                }
                guard count == 1 else { throw .overtaken }
                try AccountsError.carrying { () throws(MongoError) in
                    try removeBelongings(of: account.id, session)
                }
            }
        } catch AccountsError.overtaken {
            return false
        }
        try installation.encryption.destroyDataKey(account.keyID)
        return true
    }

    /// Removes what hangs on an account beside the account itself.
    func removeBelongings(of account: UniqueID, _ session: MongoSession) throws(MongoError) {
        for collection in [sessions, devices, renewals, handouts] {
            try collection.deleteMany(["accountId": .id(account)], session: session)
        }
        try notifications.remove(account, session)
    }

    private func lapsed(at now: Timestamp) -> Document {
        let oldest = now.adding(.zero - Self.pendingLife)
        return [
            "status": .string(AccountStatus.pending.rawValue),
            "$or": [
                ["credentials.claimBy": .null, "credentials.issuedAt": ["$lte": .date(oldest)]],
                ["credentials.claimBy": ["$lte": .date(now)]],
            ],
        ]
    }
}
