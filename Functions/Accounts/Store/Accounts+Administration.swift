public import AccountsDomain
public import Audit
import BSON
import Installation
public import MongoDB
public import Primitives
public import Runtime

/// What an admin asks to see of the accounts.
public struct AccountFilter: Sendable {
    /// A part of the login, whatever its case; `nil` for all.
    public var query: String?
    /// The accounts of one status; `nil` for all.
    public var status: AccountStatus?
    /// Those whose credentials end before this instant; `nil` for all.
    public var expiringBefore: Timestamp?

    /// Asks for all accounts.
    public init() {}

    var document: Document {
        var filter: Document = [:]
        if let query { filter.append("loginFolded", .regex(pattern: Self.escaped(query.lowercased()), options: "")) }
        if let status { filter.append("status", .string(status.rawValue)) }
        if let expiringBefore { filter.append("credentials.expiresAt", ["$lt": .date(expiringBefore)]) }
        return filter
    }

    /// The text as a pattern that matches it literally.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isPlain ? String(scalar) : "\\x{" + String(scalar.value, radix: 16) + "}"
        }.joined()
    }
}

extension Accounts {
    /// The accounts behind `after` in the order of their ids, at most `limit`.
    public func list(_ filter: AccountFilter, after: UniqueID?, limit: Int) throws(MongoError) -> [Account] {
        var document = filter.document
        if let after { document.append("_id", ["$gt": .id(after)]) }
        return try accounts.find(document, sort: ["_id": 1], limit: limit).compactMap(Account.init)
    }

    /// Locks an account and ends its sessions and renewals; throws `.lastAdmin` where no admin could log in any more.
    public func lock(_ account: Account, by admin: AuditEvent.Party, _ context: Context) throws(AccountsError) {
        try change(account, Self.locked, .accountLocked, by: admin, context, also: keepAnAdmin)
    }

    /// Unlocks an account; changes nothing for one that is not locked.
    public func unlock(_ account: Account, by admin: AuditEvent.Party, _ context: Context) throws(AccountsError) {
        guard account.status == .locked else { return }
        let status: AccountStatus = account.confirmedAt == nil ? .pending : .active
        try change(account, ["status": .string(status.rawValue)], .accountUnlocked, by: admin, context)
    }

    /// Gives an account a role and ends its sessions, which were opened without it.
    public func grant(
        _ role: Role, to account: Account, by admin: AuditEvent.Party, _ context: Context
    ) throws(AccountsError) {
        guard !account.roles.contains(role) else { return }
        try change(account, roles(account.roles + [role]), .roleGranted, by: admin, context)
    }

    /// Takes a role from an account and ends its sessions; throws `.lastAdmin` where no admin could log in any more.
    public func revoke(
        _ role: Role, from account: Account, by admin: AuditEvent.Party, _ context: Context
    ) throws(AccountsError) {
        guard account.roles.contains(role) else { return }
        let others = roles(account.roles.filter { $0 != role })
        try change(account, others, .roleRevoked, by: admin, context, also: keepAnAdmin)
    }

    /// Writes an event about a caller who asked for what his role does not allow.
    public func tellRefusal(of session: Session, _ context: Context) throws {
        let account = try account(session.accountID)
        try installation.audit.write(
            AuditEvent(
                .accessRefused, by: .account(session.accountID), on: .system, .refused,
                address: sealedAddress(context.clientAddress, of: account), call: context.callID, at: context.now))
    }

    private func roles(_ roles: [Role]) -> Document {
        ["roles": .array(roles.map { .string($0.rawValue) })]
    }

    /// The same, in one transaction with what another pack changes and the event that tells of it; gives false, and
    /// leaves everything as it was, where `body` does.
    public func lock(
        _ account: Account, by admin: AuditEvent.Party, telling told: AuditEvent, _ context: Context,
        _ body: (MongoSession) throws(MongoError) -> Bool
    ) throws(AccountsError) -> Bool {
        try Self.unlessOvertaken { () throws(AccountsError) in
            try change(account, Self.locked, .accountLocked, by: admin, and: [told], context) {
                (session) throws(AccountsError) in
                try Self.require(session, body)
                try keepAnAdmin(session)
            }
        }
    }

    private static let locked: Document = ["status": .string(AccountStatus.locked.rawValue)]

    private func change(
        _ account: Account, _ set: Document, _ kind: AuditEvent.Kind, by admin: AuditEvent.Party,
        and more: [AuditEvent] = [], _ context: Context,
        also: (MongoSession) throws(AccountsError) -> Void = { _ in }
    ) throws(AccountsError) {
        try recording([event(kind, by: admin, on: account, context)] + more) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                try accounts.update(["_id": .id(account.id)], ["$set": .document(set)], session: session)
                try sessions.deleteMany(["accountId": .id(account.id)], session: session)
                try renewals.deleteMany(["accountId": .id(account.id)], session: session)
            }
            try also(session)
        }
    }
}
