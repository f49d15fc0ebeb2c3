/// What an account may do beyond using its own data.
public enum Role: String, CaseIterable, Sendable {
    /// Runs the installation: others' accounts, the audit, the gateway.
    case admin
}
