import BSON
public import Installation
public import MongoDB
public import Primitives

/// The logins of accounts, for functions that need nothing else of them, nor the peppers.
public struct Logins {
    private let accounts: MongoCollection

    /// The installation's logins.
    public init(_ installation: Installation) {
        accounts = installation.collection("accounts")
    }

    /// The logins of those accounts that there are.
    public func named(_ ids: Set<UniqueID>) throws(MongoError) -> [UniqueID: String] {
        guard !ids.isEmpty else { return [:] }
        let filter: Document = ["_id": ["$in": .array(ids.map(BSONValue.id))]]
        var logins: [UniqueID: String] = [:]
        for account in try accounts.find(filter, projection: ["login": 1]) {
            if let id = account["_id"]?.id { logins[id] = account["login"]?.string }
        }
        return logins
    }
}
