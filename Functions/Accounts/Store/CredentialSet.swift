public import AccountsDomain
public import Primitives

/// A freshly made set of credentials in the clear; it leaves the process once, in the answer, and is stored nowhere.
public struct CredentialSet: Sendable {
    /// The password, 24 ASCII characters.
    public let password: [UInt8]
    /// The TOTP secret, 20 bytes.
    public let totpSecret: [UInt8]
    /// The recovery codes, ten of them.
    public let recoveryCodes: [RecoveryCode]

    /// Draws a new set.
    public init(random: some RandomSource) {
        password = PasswordPolicy.generate(random: random)
        totpSecret = random.bytes(TOTP.secretLength)
        recoveryCodes = RecoveryCode.makeSet(random: random)
    }
}
