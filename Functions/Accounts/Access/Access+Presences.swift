import AccountsStore
public import MongoDB
public import Primitives

/// Whether an account may be shown to others, as far as the account itself says.
public struct Presence: Hashable, Sendable {
    /// The account's id.
    public let id: UniqueID
    /// Whether it has logged in and is not locked.
    public let isActive: Bool
    /// When its owner was last seen; `nil` before the first login.
    public let lastSeenAt: Timestamp?
}

extension Access {
    /// The presences of those accounts, in no order; those that are gone are left out.
    public func presences(_ ids: [UniqueID]) throws(MongoError) -> [Presence] {
        try accounts.presences(ids).map { Presence(id: $0.id, isActive: $0.isActive, lastSeenAt: $0.lastSeenAt) }
    }
}
