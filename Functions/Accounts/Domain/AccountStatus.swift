/// Where an account stands.
public enum AccountStatus: String, CaseIterable, Sendable {
    /// Its credentials have been issued but have never logged in.
    case pending
    /// It has logged in with password and second factor.
    case active
    /// An admin has closed it.
    case locked
}
