import AccountsDomain
public import Audit
import Installation
public import MongoDB
import Primitives
public import Runtime

extension Accounts {
    /// An event of another pack's; the caller's address is sealed under his own key, whoever the event is about.
    public func event(
        _ kind: AuditEvent.Kind, by actor: Account, about subject: AuditEvent.Party, _ context: Context
    ) -> AuditEvent {
        AuditEvent(
            kind, by: .account(actor.id), on: subject, address: sealedAddress(context.clientAddress, of: actor),
            call: context.callID, at: context.now)
    }

    /// Makes another pack's change in one transaction with the event that tells of it; gives false, and leaves
    /// everything as it was, where `body` does.
    public func telling(
        _ event: AuditEvent, _ body: (MongoSession) throws(MongoError) -> Bool
    ) throws(AccountsError) -> Bool {
        try Self.unlessOvertaken { () throws(AccountsError) in
            try recording([event]) { (session) throws(AccountsError) in try Self.require(session, body) }
        }
    }

    static func require(
        _ session: MongoSession, _ body: (MongoSession) throws(MongoError) -> Bool
    ) throws(AccountsError) {
        let isMade = try AccountsError.carrying { () throws(MongoError) in try body(session) }
        guard isMade else { throw .overtaken }
    }

    static func unlessOvertaken(_ body: () throws(AccountsError) -> Void) throws(AccountsError) -> Bool {
        do throws(AccountsError) {
            try body()
            return true
        } catch .overtaken {
            return false
        }
    }
}
