import AccountsDomain
import AccountsStore
import JSON
import Primitives

extension Account {
    /// The account as its owner sees it, without its sessions.
    func json(email: String?, at now: Timestamp) -> JSONObject {
        JSONObject([
            ("accountId", .string(id.description)), ("login", .string(login)),
            ("email", email.map(JSONValue.string) ?? .null),
            ("roles", .array(roles.map { .string($0.rawValue) })), ("status", .string(status.rawValue)),
            ("createdAt", .string(createdAt.description)), ("credentials", credentials.json(at: now)),
        ])
    }

    /// The account as admins see it in a list.
    var summary: JSONValue {
        [
            "accountId": .string(id.description), "login": .string(login), "status": .string(status.rawValue),
            "roles": .array(roles.map { .string($0.rawValue) }), "createdAt": .string(createdAt.description),
            "lastSeenAt": lastSeenAt.map { .string($0.description) } ?? .null,
            "credentialsExpireAt": .string(credentials.expiresAt.description),
        ]
    }
}

extension Account.Credentials {
    fileprivate func json(at now: Timestamp) -> JSONValue {
        [
            "version": .integer(version), "issuedAt": .string(issuedAt.description),
            "expiresAt": .string(expiresAt.description),
            "renewSoon": .bool(CredentialLife.renewSoon(expiresAt: expiresAt, now: now)),
            "recoveryCodesLeft": .integer(Int64(secrets?.recoveryCodes.count ?? 0)),
        ]
    }
}

extension Session {
    /// The session as its owner sees it.
    func json(isCurrent: Bool) -> JSONValue {
        [
            "sid": .string(id.description), "createdAt": .string(createdAt.description),
            "lastSeenAt": .string(lastSeenAt.description), "userAgent": .string(userAgent),
            "current": .bool(isCurrent),
        ]
    }
}

extension Handout {
    /// The hand-out as admins see it; its token is known to whoever holds the link alone.
    func json(at now: Timestamp) -> JSONValue {
        [
            "purpose": .string(purpose.rawValue), "status": .string(state(at: now).rawValue),
            "createdAt": .string(createdAt.description), "expiresAt": .string(expiresAt.description),
            "claimedAt": claimedAt.map { .string($0.description) } ?? .null,
        ]
    }
}
