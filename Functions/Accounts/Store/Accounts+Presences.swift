import AccountsDomain
import BSON
public import MongoDB
public import Primitives

extension Accounts {
    /// Whether each of those accounts is active, and when it was last seen; those that are gone are left out.
    public func presences(
        _ ids: [UniqueID]
    ) throws(MongoError) -> [(id: UniqueID, isActive: Bool, lastSeenAt: Timestamp?)] {
        guard !ids.isEmpty else { return [] }
        let found = try accounts.find(
            ["_id": ["$in": .array(ids.map(BSONValue.id))]], projection: ["status": 1, "lastSeenAt": 1])
        return found.compactMap { account in
            guard let id = account["_id"]?.id else { return nil }
            let isActive = account["status"]?.string == AccountStatus.active.rawValue
            return (id, isActive, account["lastSeenAt"]?.date)
        }
    }
}
