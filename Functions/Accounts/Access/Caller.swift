public import AccountsDomain
public import AccountsStore
public import Primitives

/// Who is calling: an account with a session that lasts.
public struct Caller: Sendable {
    /// The session that the access token is bound to.
    public let session: Session
    /// When its owner last proved himself with both factors.
    public let authenticatedAt: Timestamp

    /// The caller's account.
    public var accountID: UniqueID { session.accountID }

    /// The id of his session.
    public var sessionID: UniqueID { session.id }

    /// When his session ends by itself.
    public var endsAt: Timestamp { session.expiresAt }

    /// Whether the caller has the role now, whatever the token says.
    public func has(_ role: Role) -> Bool {
        session.roles.contains(role)
    }

    /// Whether the caller is an admin now.
    public var isAdmin: Bool { has(.admin) }
}
