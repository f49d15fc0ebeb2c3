import AccountsDomain
import AccountsStore
import BSON
public import Installation
public import MongoDB
public import Primitives
public import Runtime

/// An account as the other packs know it.
public struct Person: Sendable {
    /// The account's id.
    public let id: UniqueID
    /// The login as its owner spelled it.
    public let login: String
    /// The data key that its owner's fields are encrypted under.
    public let keyID: UniqueID
    /// Whether it has logged in and is not locked.
    public let isActive: Bool
    /// When it was made.
    public let createdAt: Timestamp
    /// When its owner was last seen, to the minute; `nil` before the first login.
    public let lastSeenAt: Timestamp?

    fileprivate init(_ account: Account) {
        id = account.id
        login = account.login
        keyID = account.keyID
        isActive = account.status == .active
        createdAt = account.createdAt
        lastSeenAt = account.lastSeenAt
    }

    /// What is read of an account for it: none of its secrets.
    fileprivate static let members: Document = [
        "login": 1, "keyId": 1, "status": 1, "createdAt": 1, "lastSeenAt": 1,
    ]

    fileprivate init?(_ document: Document) {
        guard let id = document["_id"]?.id, let login = document["login"]?.string,
            let keyID = document["keyId"]?.id, let status = document["status"]?.string,
            let createdAt = document["createdAt"]?.date
        else { return nil }
        self.id = id
        self.login = login
        self.keyID = keyID
        isActive = AccountStatus(rawValue: status) == .active
        self.createdAt = createdAt
        lastSeenAt = document["lastSeenAt"]?.date
    }

    /// Whether `text` has the form of a login.
    public static func isLogin(_ text: String) -> Bool {
        Login(parsing: text) != nil
    }
}

extension Access {
    /// Reads the keys of access tokens for a function of another pack.
    public init(_ installation: Installation) throws(SetUpFailure) {
        try self.init(try Accounts(installation))
    }

    /// The person with that account id; `nil` where there is none.
    public func person(_ id: UniqueID) throws(MongoError) -> Person? {
        try accounts.account(id).map(Person.init)
    }

    /// The persons with those account ids, in no order; those that are gone are left out.
    public func people(_ ids: [UniqueID]) throws(MongoError) -> [Person] {
        guard !ids.isEmpty else { return [] }
        return try accounts.installation.collection("accounts")
            .find(["_id": ["$in": .array(ids.map(BSONValue.id))]], projection: Person.members)
            .compactMap(Person.init)
    }

    /// The person with that login, whatever its spelling; `nil` where there is none.
    public func person(named login: String, at now: Timestamp) throws(MongoError) -> Person? {
        guard let login = Login(parsing: login) else { return nil }
        return try accounts.account(login, at: now).map(Person.init)
    }
}
