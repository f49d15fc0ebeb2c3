public import Primitives

/// Something that happened and must be told: typed fields alone, so that no secret or free text can enter.
public struct AuditEvent: Sendable {
    /// What happened.
    public enum Kind: String, CaseIterable, Sendable {
        case accountCreated = "account.created"
        case accountLapsed = "account.lapsed"
        case accountChanged = "account.changed"
        case accountExported = "account.exported"
        case accountErased = "account.erased"
        case accountLocked = "account.locked"
        case accountUnlocked = "account.unlocked"
        case roleGranted = "role.granted"
        case roleRevoked = "role.revoked"
        case accessRefused = "access.refused"
        case loginSucceeded = "login.succeeded"
        case loginFailed = "login.failed"
        case loginThrottled = "login.throttled"
        case recoveryCodeUsed = "recovery-code.used"
        case sessionRevoked = "session.revoked"
        case renewalProven = "renewal.proven"
        case renewalOrdered = "renewal.ordered"
        case credentialsRenewed = "credentials.renewed"
        case credentialsRotated = "credentials.rotated"
        case credentialsExpired = "credentials.expired"
        case credentialsExpiring = "credentials.expiring"
        case handoutIssued = "handout.issued"
        case handoutClaimed = "handout.claimed"
        case handoutReplayed = "handout.replayed"
        case handoutRevoked = "handout.revoked"
        case handoutExpiring = "handout.expiring"
        case recoveryRequested = "recovery.requested"
        case operationStarted = "operation.started"
        case operationFinished = "operation.finished"
        case masterKeyRotated = "master-key.rotated"
        case birthDateCorrected = "birth-date.corrected"
        case reportMade = "report.made"
        case reportResolved = "report.resolved"
        case backupMade = "backup.made"
        case backupRestored = "backup.restored"
        case fieldRefused = "field.refused"
        case messageRemoved = "message.removed"
    }

    /// Whom an event speaks of.
    public enum Party: Equatable, Sendable {
        /// An account, by its id.
        case account(UniqueID)
        /// A login that may not exist, by a keyed hash of its folded spelling.
        case login([UInt8])
        /// Nobody who is known.
        case anyone
        /// The installation itself.
        case system
    }

    /// How it went.
    public enum Outcome: String, Sendable {
        case success
        case refused
    }

    /// What happened.
    public var kind: Kind
    /// Who did it.
    public var actor: Party
    /// To whom it was done.
    public var subject: Party
    /// How it went.
    public var outcome: Outcome
    /// The caller's address, encrypted; `nil` where there is none.
    public var sealedAddress: SealedAddress?
    /// The id of the call.
    public var correlationID: String
    /// When it happened.
    public var at: Timestamp
    /// The ends of the chain before and after a restore; `nil` for everything else.
    public var heads: RestoredHeads?

    /// Puts an event together.
    public init(
        _ kind: Kind, by actor: Party, on subject: Party, _ outcome: Outcome = .success,
        address: SealedAddress? = nil, call correlationID: String, at: Timestamp
    ) {
        self.kind = kind
        self.actor = actor
        self.subject = subject
        self.outcome = outcome
        sealedAddress = address
        self.correlationID = correlationID
        self.at = at
    }
}

/// The ends of the audit chain that a restore put in each other's place.
public struct RestoredHeads: Equatable, Sendable {
    /// The end that came with the backup; `nil` where its signature is not ours.
    public let restored: AuditHead?
    /// The end that was last noted outside the database; `nil` where none was.
    public let outside: AuditHead?

    /// Names both ends.
    public init(restored: AuditHead?, outside: AuditHead?) {
        self.restored = restored
        self.outside = outside
    }
}
