public import AccountsDomain
import BSON
public import Primitives

/// Whose credentials an admin rotates.
public enum RotationTarget: Sendable {
    /// The accounts with these logins.
    case logins([Login])
    /// Those whose credentials end before this instant.
    case expiringBefore(Timestamp)
    /// All but the caller's own.
    case all

    /// The accounts in question: never the caller's own by a sweep, none that is locked.
    func filter(caller: UniqueID) -> Document {
        var filter: Document = ["status": ["$ne": .string(AccountStatus.locked.rawValue)]]
        switch self {
        case .logins(let logins):
            filter.append("loginFolded", ["$in": .array(logins.map { .string($0.folded) })])
        case .expiringBefore(let end):
            filter.append("credentials.expiresAt", ["$lt": .date(end)])
            filter.append("_id", ["$ne": .id(caller)])
        case .all:
            filter.append("_id", ["$ne": .id(caller)])
        }
        return filter
    }
}
