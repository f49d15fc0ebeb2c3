public import AccountsDomain
import Audit
import BSON
import Installation
import MongoDB
import Primitives
public import Runtime

extension Accounts {
    /// Notes that somebody wants to recover a login. Existing or not, with an address or without: the same work, an
    /// event and a notice that `send-notices` either acts on or drops; over three an hour nothing is sent.
    public func requestRecovery(_ login: Login, _ context: Context) throws {
        let account = try account(login, at: context.now)
        let isWithin = try throttles.countRecovery(login, at: context.now)
        let mayBeSent = isWithin && account?.email != nil && account?.status != .locked
        let subject: AuditEvent.Party =
            account.map { .account($0.id) } ?? .login(installation.audit.pseudonym(ofFolded: login.folded))
        let requested = AuditEvent(
            .recoveryRequested, by: .anyone, on: subject, isWithin ? .success : .refused,
            address: sealedAddress(context.clientAddress, of: account), call: context.callID, at: context.now)
        try recording([requested]) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                let data: Document = ["send": .bool(mayBeSent)]
                try notices.add(.recoveryRequested, account?.id, data, at: context.now, session)
            }
        }
    }
}

extension Throttles {
    private static let recoveriesAnHour: Int64 = 3

    /// Counts a wish to recover a login; false over three in the hour that began with the first.
    func countRecovery(_ login: Login, at now: Timestamp) throws(MongoError) -> Bool {
        let change: Document = [
            "$inc": ["count": 1], "$setOnInsert": ["expiresAt": .date(now.adding(.seconds(3600)))],
        ]
        let key = self.key("recovery:" + login.folded + ":" + String(now.seconds / 3600))
        let counted = try throttles.findAndUpdate(["_id": key.id], change, upsert: true)
        return counted?["count"]?.integer ?? 1 <= Self.recoveriesAnHour
    }
}
