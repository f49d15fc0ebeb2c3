import AccountsDomain
import BSON
import FieldEncryption
public import Installation
import PasswordHashing
import Platform
public import Primitives
public import Runtime

/// Turns credentials into what may be stored, and opens it again.
public final class CredentialSealer {
    private let encryption: FieldEncryption
    private let peppers: Peppers
    private let slots: HashSlots
    private let life: CredentialLife
    private let random: any RandomSource
    private let slotWait: Int
    /// Microseconds that the latest comparison of a password hashed for, without the wait for its turn.
    public private(set) var hashTime: Int64 = 0

    /// Reads the peppers and the settings `CREDENTIAL_LIFETIME_DAYS`, `HASH_SLOTS` and `HASH_SLOT_WAIT_MS`.
    public init(_ installation: Installation) throws(SetUpFailure) {
        let environment = installation.environment
        encryption = installation.encryption
        random = environment.random
        do { peppers = try Peppers(installation.secrets) } catch { throw .configuration("\(error)") }
        let days = try environment.number(
            "CREDENTIAL_LIFETIME_DAYS", default: CredentialLife.standard.days, in: 1...3650)
        life = CredentialLife(days: days) ?? .standard
        slotWait = try environment.number("HASH_SLOT_WAIT_MS", default: 5000, in: 1...60_000)
        slots = try HostSlots.prepare(environment)
    }

    /// The id of the pepper before a rotation; `nil` where none goes on.
    var previousPepperID: String? { peppers.previous?.id }

    /// Seals a set as the given version of an account's credentials, hashing the password on one of the host's slots.
    public func seal(
        _ set: CredentialSet, of account: UniqueID, under key: UniqueID, version: Int64, at now: Timestamp
    ) throws -> Account.Credentials {
        let pepper = peppers.current
        let hash = try hash(pepper.seasoned(set.password, of: account))
        let place = CredentialPlace(account: account, version: version)
        let secrets = Account.Secrets(
            recoveryCodes: set.recoveryCodes.map { pepper.digest(of: $0, of: account) },
            password: try encryption.encrypt(.string(hash), at: place.password, key: key),
            totp: try encryption.encrypt(.bytes(set.totpSecret), at: place.totp, key: key),
            pepperID: pepper.id, recoveryPepperID: pepper.id)
        return Account.Credentials(
            version: version, issuedAt: now, expiresAt: life.end(issuedAt: now), mustRenew: false, confirmed: false,
            secrets: secrets, claimBy: nil)
    }

    /// Credentials that wait for the claim of a hand-out which lapses at `claimBy`: nothing opens them.
    public func awaitingClaim(version: Int64, at now: Timestamp, until claimBy: Timestamp) -> Account.Credentials {
        Account.Credentials(
            version: version, issuedAt: now, expiresAt: life.end(issuedAt: now), mustRenew: false, confirmed: false,
            secrets: nil, claimBy: claimBy)
    }

    /// The password's hash (a PHC string) and the TOTP secret; throws where either is not where it was written.
    func open(
        _ secrets: Account.Secrets, of account: Account
    ) throws(FieldEncryptionError) -> OpenedCredentials {
        let place = CredentialPlace(account: account.id, version: account.credentials.version)
        let hash = try encryption.decrypt(secrets.password, at: place.password, key: account.keyID)
        let secret = try encryption.decrypt(secrets.totp, at: place.totp, key: account.keyID)
        guard let hash = hash.string, let secret = secret.binary else { throw .undecryptable }
        return OpenedCredentials(passwordHash: hash, totpSecret: secret)
    }

    /// Whether `password` is the one that `hash` was made of; takes one of the host's slots.
    func verify(_ password: [UInt8], _ hash: String, of account: UniqueID, pepperID: String) throws -> Bool {
        let pepper = peppers[pepperID]
        let seasoned = (pepper ?? peppers.current).seasoned(password, of: account)
        let matches = try slots.withSlot(waitingAtMost: slotWait) { () throws(PasswordHashError) in
            let start = Instant.now.nanoseconds
            defer { hashTime = Int64(Instant.now.nanoseconds - start) / 1000 }
            return try PasswordHash.verify(hash, seasoned)
        }
        return matches && pepper != nil
    }

    /// What would be stored of `code`; `nil` where the pepper that the account's codes are under is gone.
    func digest(of code: RecoveryCode, in account: Account) -> [UInt8]? {
        guard let secrets = account.credentials.secrets else { return nil }
        return peppers[secrets.recoveryPepperID]?.digest(of: code, of: account.id)
    }

    /// The password under the present pepper and parameters; `nil` where it is so already.
    func raised(_ password: [UInt8], _ hash: String, in account: Account) throws -> RaisedPassword? {
        guard account.credentials.secrets?.pepperID != peppers.current.id || PasswordHash.needsRaise(hash) else {
            return nil
        }
        let raised = try self.hash(peppers.current.seasoned(password, of: account.id))
        let place = CredentialPlace(account: account.id, version: account.credentials.version)
        let sealed = try encryption.encrypt(.string(raised), at: place.password, key: account.keyID)
        return RaisedPassword(sealed: sealed, pepperID: peppers.current.id)
    }

    private func hash(_ seasoned: [UInt8]) throws -> String {
        try slots.withSlot(waitingAtMost: slotWait) { () throws(PasswordHashError) in
            try PasswordHash.make(seasoned)
        }
    }
}
