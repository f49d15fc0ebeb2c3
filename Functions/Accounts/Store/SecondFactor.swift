import AccountsDomain
import Primitives
public import Tokens

/// What proves possession beside the password.
public enum SecondFactor: Sendable {
    /// A code of the authenticator app, as typed.
    case totp(String)
    /// A recovery code, as typed.
    case recoveryCode(String)
}

/// Somebody's claim to be the owner of an account.
public struct Proof: Sendable {
    /// The password, as typed; `nil` where the second factor alone is asked for.
    public let password: String?
    /// The second factor.
    public let factor: SecondFactor
    /// The device's token, where it has one.
    public let device: OpaqueToken?

    /// Puts a claim together.
    public init(password: String?, factor: SecondFactor, device: OpaqueToken? = nil) {
        self.password = password
        self.factor = factor
        self.device = device
    }
}

/// A proof that was found right but has not been used up yet.
public struct ProvenLogin: Sendable {
    /// The account as it was read.
    public let account: Account
    /// What was used as the second factor.
    public let factor: UsedFactor
    /// The device that the proof came from, where the account knows it.
    public let device: OpaqueToken?
    let raised: RaisedPassword?
    let throttle: Throttles.Key
}

/// The second factor that a proof uses up.
public enum UsedFactor: Equatable, Sendable {
    /// A TOTP step.
    case totp(step: Int64)
    /// A recovery code, as it is stored.
    case recoveryCode(digest: [UInt8])

    /// True for a recovery code.
    public var isRecoveryCode: Bool {
        if case .recoveryCode = self { true } else { false }
    }
}

/// What came of checking a proof.
public enum ProofOutcome: Sendable {
    /// It is right.
    case proven(ProvenLogin)
    /// It is not, or nobody may know whether it is.
    case refused
    /// It was not checked; another try makes sense after so many seconds.
    case throttled(retryAfter: Int64)
}
