import AccountsStore
public import Audit
public import MongoDB
public import Primitives
public import Runtime

extension Access {
    /// Makes a change in one transaction with the audit event that tells of it; `subject` is `nil` where nobody but
    /// admins should learn of it. Gives false, and leaves everything as it was, where `body` does.
    public func telling(
        _ kind: AuditEvent.Kind, by actor: UniqueID, about subject: Person?, _ context: Context,
        _ body: (MongoSession) throws(MongoError) -> Bool
    ) throws -> Bool {
        let told = try event(kind, by: actor, about: subject, context)
        return try accounts.telling(told, body)
    }

    /// Locks an account and ends its sessions, in one transaction with a change and the event that tells of it. Throws
    /// 409 for the last admin; gives false, and leaves everything as it was, where `body` does.
    public func lock(
        _ person: Person, by admin: Caller, telling kind: AuditEvent.Kind, _ context: Context,
        _ body: (MongoSession) throws(MongoError) -> Bool
    ) throws -> Bool {
        guard let account = try accounts.account(person.id) else { return false }
        let told = try event(kind, by: admin.accountID, about: person, context)
        return try accounts.lock(account, by: .account(admin.accountID), telling: told, context, body)
    }

    private func event(
        _ kind: AuditEvent.Kind, by actor: UniqueID, about subject: Person?, _ context: Context
    ) throws -> AuditEvent {
        guard let account = try accounts.account(actor) else { throw FunctionFailure.unauthorized }
        return accounts.event(kind, by: account, about: subject.map { .account($0.id) } ?? .system, context)
    }
}
