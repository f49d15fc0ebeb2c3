public import Primitives
public import Tokens

/// A token that allows making new credentials, as its holder gets it.
public struct IssuedRenewal: Sendable {
    /// The token.
    public let token: OpaqueToken
    /// When it lapses.
    public let expiresAt: Timestamp
    static let life: Duration = .seconds(600)

    init(at now: Timestamp, random: some RandomSource) {
        token = OpaqueToken(random: random)
        expiresAt = now.adding(Self.life)
    }
}

/// What a renewal gives.
public struct RenewedAccount {
    /// The account as it was before.
    public let account: Account
    /// Its new stored credentials.
    public let credentials: Account.Credentials
    /// The same in the clear, to be answered once.
    public let set: CredentialSet
    /// The token of the device that it was made from.
    public let deviceToken: OpaqueToken
}
