public import AccountsDomain
public import Audit

/// What an account is made of.
public struct NewAccount: Sendable {
    /// The login.
    public let login: Login
    /// The e-mail address; `nil` for none.
    public let email: String?
    /// What it may do beyond its own data.
    public let roles: [Role]
    /// Who makes it.
    public let maker: AuditEvent.Party

    /// Describes an account.
    public init(login: Login, email: String? = nil, roles: [Role] = [], maker: AuditEvent.Party = .anyone) {
        self.login = login
        self.email = email
        self.roles = roles
        self.maker = maker
    }
}
