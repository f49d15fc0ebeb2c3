import AccountsDomain
import Audit
import BSON
import MongoDB
import Notifications
import Primitives
public import Runtime
public import Tokens

/// What a completed login gives.
public struct CompletedLogin: Sendable {
    /// The session that was opened.
    public let session: Session
    /// The token of the device, known from now on.
    public let deviceToken: OpaqueToken
    /// The token for a renewal, where a recovery code was used.
    public let renewal: IssuedRenewal?
}

extension Accounts {
    /// Uses a proof up and opens a session, all in one transaction; throws `.overtaken` where another call used the
    /// same code first, or the credentials have changed meanwhile.
    public func logIn(_ proven: ProvenLogin, userAgent: String, _ context: Context) throws -> CompletedLogin {
        let session = session(for: proven, userAgent: userAgent, context)
        let device = proven.device ?? OpaqueToken(random: context.random)
        let renewal =
            proven.factor.isRecoveryCode ? IssuedRenewal(at: context.now, random: context.random) : nil
        try using(proven, events(of: proven, context), context) { (transaction) throws(MongoError) in
            let version = proven.account.credentials.version
            try sessions.insert(session.document, session: transaction)
            try insert(device, of: proven.account.id, version: version, at: context.now, transaction)
            if !proven.account.credentials.confirmed, version > Self.firstVersion {
                try renewals.deleteMany(["accountId": .id(proven.account.id)], session: transaction)
            }
            if let renewal { try insert(renewal, of: proven.account, transaction) }
            try tell(of: session, proven, context, transaction)
        }
        return CompletedLogin(session: session, deviceToken: device, renewal: renewal)
    }

    /// Uses a proof up for a renewal token, in one transaction; throws `.overtaken` as `logIn` does.
    public func allowRenewal(_ proven: ProvenLogin, _ context: Context) throws -> IssuedRenewal {
        let renewal = IssuedRenewal(at: context.now, random: context.random)
        let event = event(.renewalProven, on: proven.account, context)
        try using(proven, [event], context) { (transaction) throws(MongoError) in
            try insert(renewal, of: proven.account, transaction)
        }
        return renewal
    }

    /// Tells the owner of a login from a device that was not known; the first one with new credentials is his own.
    private func tell(
        of session: Session, _ proven: ProvenLogin, _ context: Context, _ transaction: MongoSession
    ) throws(MongoError) {
        guard proven.device == nil, proven.account.credentials.confirmed else { return }
        let told = Notification(
            .newDevice, to: session.accountID, ["sid": .id(session.id)], at: context.now, random: context.random)
        try notifications.add([told], transaction)
    }

    /// An event about an account, by its owner unless someone else is named.
    func event(
        _ kind: AuditEvent.Kind, by actor: AuditEvent.Party? = nil, on account: Account, _ context: Context
    ) -> AuditEvent {
        AuditEvent(
            kind, by: actor ?? .account(account.id), on: .account(account.id),
            address: sealedAddress(context.clientAddress, of: caller(actor, account)), call: context.callID,
            at: context.now)
    }

    /// Whose address it is that an event holds: the actor's, whoever the event is about; the installation's where he is
    /// no account that is there.
    private func caller(_ actor: AuditEvent.Party?, _ account: Account) -> Account? {
        guard case .account(let id) = actor, id != account.id else { return account }
        return (try? self.account(id)) ?? nil
    }

    private func events(of proven: ProvenLogin, _ context: Context) -> [AuditEvent] {
        let login = event(.loginSucceeded, on: proven.account, context)
        return proven.factor.isRecoveryCode ? [login, event(.recoveryCodeUsed, on: proven.account, context)] : [login]
    }

    private func session(for proven: ProvenLogin, userAgent: String, _ context: Context) -> Session {
        let account = proven.account
        let end = min(context.now.adding(Self.sessionLife), account.credentials.expiresAt)
        return Session(
            id: UniqueID(at: context.now, random: context.random), accountID: account.id, roles: account.roles,
            status: .active, credentialVersion: account.credentials.version, createdAt: context.now,
            lastSeenAt: context.now, expiresAt: end, userAgent: String(userAgent.prefix(256)), isRevoked: false)
    }
}
