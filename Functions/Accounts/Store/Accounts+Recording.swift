import Audit
import Installation
import MongoDB

extension Accounts {
    /// Runs `body` in one transaction with the events that tell of it: either all of it is in the store or nothing.
    func recording<Result>(
        _ events: [AuditEvent], _ body: (MongoSession) throws(AccountsError) -> Result
    ) throws(AccountsError) -> Result {
        try installation.audit.recording(events) { (documents) throws(AccountsError) in
            try installation.client.withTransaction { (session) throws(AccountsError) in
                let result = try body(session)
                do throws(MongoError) {
                    try installation.audit.insert(documents, session: session)
                } catch {
                    throw .store(error)
                }
                return result
            }
        }
    }
}

extension AccountsError {
    /// Runs `body`, its store's errors becoming this type's.
    static func carrying<Result>(_ body: () throws(MongoError) -> Result) throws(AccountsError) -> Result {
        do throws(MongoError) {
            return try body()
        } catch {
            throw .store(error)
        }
    }
}
