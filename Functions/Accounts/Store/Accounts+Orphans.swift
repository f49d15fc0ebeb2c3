import AccountsDomain
import BSON
import FieldEncryption
import Installation
import MongoDB
import Primitives
public import Runtime

/// What became of the data keys whose accounts are not there.
public struct OrphanedKeys: Equatable, Sendable {
    /// How many were destroyed.
    public var removed = 0
    /// How many were left: so many that the accounts themselves seem to be missing.
    public var left = 0
}

extension Accounts {
    private static let keyPage = 500
    /// So many orphans may be there before they are weighed against the accounts.
    private static let usualOrphans = 10
    private static let orphansAtOnce = 1000

    /// Destroys data keys that are older than a day and named after an account that is not there, as a crash between
    /// the two leaves them; stops early where `mayGoOn` says so. Where more keys are orphaned than not, as in a
    /// database that is being restored, none is touched.
    public func removeOrphanedKeys(_ context: Context, while mayGoOn: () -> Bool = { true }) throws -> OrphanedKeys {
        var orphans: [UniqueID] = []
        var owned = 0
        var last: UniqueID?
        let before = context.now.adding(.seconds(-86_400))
        while mayGoOn(), orphans.count < Self.orphansAtOnce {
            let page = try installation.encryption.dataKeys(
                named: Self.keyName(of: nil), createdBefore: before, after: last, limit: Self.keyPage)
            guard let end = page.last else { break }
            last = end.id
            let present = try present(page.compactMap(Self.account))
            for key in page {
                guard let account = Self.account(key) else { continue }
                if present.contains(account) { owned += 1 } else { orphans.append(key.id) }
            }
        }
        guard orphans.count <= max(Self.usualOrphans, owned) else { return OrphanedKeys(left: orphans.count) }
        for key in orphans { try installation.encryption.destroyDataKey(key) }
        return OrphanedKeys(removed: orphans.count)
    }

    /// Which of these accounts are there for good.
    private func present(_ ids: [UniqueID]) throws(MongoError) -> Set<UniqueID> {
        let found = try accounts.find(
            ["_id": ["$in": .array(ids.map(BSONValue.id))]], projection: ["_id": 1], readConcern: .majority)
        return Set(found.compactMap { $0["_id"]?.id })
    }

    /// Whose key it is; `nil` unless an account's id is all that its name says.
    private static func account(_ key: NamedDataKey) -> UniqueID? {
        let prefix = keyName(of: nil)
        return key.name.hasPrefix(prefix) ? UniqueID(parsing: String(key.name.dropFirst(prefix.count))) : nil
    }
}
