public import AccountsDomain
import BSON
public import Primitives

/// A login that goes on: what an access token is bound to, with all that a check of its bearer needs.
public struct Session: Sendable {
    /// The session's id.
    public let id: UniqueID
    /// Whose it is.
    public let accountID: UniqueID
    /// The account's roles, changed with them.
    public let roles: [Role]
    /// The account's status, changed with it.
    public let status: AccountStatus
    /// The version of the credentials that it was opened with.
    public let credentialVersion: Int64
    /// When it was opened.
    public let createdAt: Timestamp
    /// When its bearer was last seen, to the minute.
    public let lastSeenAt: Timestamp
    /// When it ends.
    public let expiresAt: Timestamp
    /// What the client called itself, cut to 256 characters.
    public let userAgent: String
    /// True once it was ended before its time.
    public let isRevoked: Bool
}

extension Session {
    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let accountID = document["accountId"]?.id,
            let status = document["status"]?.string.flatMap(AccountStatus.init(rawValue:)),
            let version = document["credentialVersion"]?.integer, let createdAt = document["createdAt"]?.date,
            let lastSeenAt = document["lastSeenAt"]?.date, let expiresAt = document["expiresAt"]?.date
        else { return nil }
        self.id = id
        self.accountID = accountID
        self.status = status
        credentialVersion = version
        self.createdAt = createdAt
        self.lastSeenAt = lastSeenAt
        self.expiresAt = expiresAt
        roles = (document["roles"]?.array ?? []).compactMap { $0.string.flatMap(Role.init(rawValue:)) }
        userAgent = document["userAgent"]?.string ?? ""
        isRevoked = document["revokedAt"]?.date != nil
    }

    var document: Document {
        [
            "_id": .id(id), "accountId": .id(accountID), "roles": .array(roles.map { .string($0.rawValue) }),
            "status": .string(status.rawValue), "credentialVersion": .int64(credentialVersion),
            "createdAt": .date(createdAt), "lastSeenAt": .date(lastSeenAt), "expiresAt": .date(expiresAt),
            "userAgent": .string(userAgent),
        ]
    }
}
