public import AccountsDomain
public import BSON
public import Primitives

/// An account as it is stored; what is secret in it is still encrypted.
public struct Account: Sendable {
    /// The account's id.
    public let id: UniqueID
    /// The login as its owner spelled it.
    public let login: String
    /// Where the account stands.
    public let status: AccountStatus
    /// What it may do beyond its own data.
    public let roles: [Role]
    /// The data key that its fields are encrypted under.
    public let keyID: UniqueID
    /// The encrypted e-mail address; `nil` where there is none.
    public let email: BSONValue?
    /// Its present credentials.
    public let credentials: Credentials
    /// The last TOTP step that was accepted under the present secret.
    public let totpLastStep: Int64?
    /// When it was made.
    public let createdAt: Timestamp
    /// When it first logged in; `nil` before.
    public let confirmedAt: Timestamp?
    /// When its owner was last seen, to the minute; `nil` before the first login.
    public let lastSeenAt: Timestamp?

    /// A set of credentials as it is stored.
    public struct Credentials: Sendable {
        /// Counts the sets of this account, from 1.
        public let version: Int64
        /// When it was made.
        public let issuedAt: Timestamp
        /// When it ends.
        public let expiresAt: Timestamp
        /// True where the next right login leads to a renewal alone.
        public let mustRenew: Bool
        /// True once it has logged in.
        public let confirmed: Bool
        /// What the owner must show; `nil` while a hand-out waits for its claim.
        public let secrets: Secrets?
        /// When the hand-out that they wait for lapses; `nil` where they wait for none.
        public let claimBy: Timestamp?
    }

    /// The secrets of a set of credentials, encrypted or hashed.
    public struct Secrets: Sendable {
        /// What is left of the recovery codes, as digests.
        public let recoveryCodes: [[UInt8]]
        let password: BSONValue
        let totp: BSONValue
        let pepperID: String
        let recoveryPepperID: String
    }

    /// Whether only a renewal may follow a right login.
    public func mustRenew(at now: Timestamp) -> Bool {
        credentials.mustRenew || CredentialLife.isExpired(expiresAt: credentials.expiresAt, now: now)
    }
}
