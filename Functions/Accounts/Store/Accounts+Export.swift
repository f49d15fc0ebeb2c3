import Audit
public import BSON
import FieldEncryption
import Installation
import MongoDB
import Primitives
public import Runtime

/// What the accounts' pack stores about one account, for its owner.
public struct AccountExport {
    /// The sessions, ended ones too.
    public let sessions: [Session]
    /// The hand-outs of the last 90 days.
    public let handouts: [Handout]
    /// The audit events by or about the account, oldest first, with the caller's address in the clear.
    public let events: [(event: Document, clientAddress: String?)]
}

extension Accounts {
    private static let mostExported = 10_000

    /// All that this pack stores about an account, beside the account itself; told of in the audit.
    public func export(_ account: Account, _ context: Context) throws -> AccountExport {
        try installation.audit.write(event(.accountExported, on: account, context))
        let own: Document = ["accountId": .id(account.id)]
        let events = try installation.collection("audit").find(
            ["$or": [["subject.account": .id(account.id)], ["actor.account": .id(account.id)]]], sort: ["_id": 1],
            limit: Self.mostExported)
        return AccountExport(
            sessions: try sessions.find(own, sort: ["_id": 1], limit: Self.mostExported).compactMap(Session.init),
            handouts: try handouts(of: account.id),
            events: events.map { ($0, clientAddress(in: $0, of: account)) })
    }

    private func clientAddress(in event: Document, of account: Account) -> String? {
        guard let sealed = event["clientAddress"], event["addressOwner"]?.id == account.id else { return nil }
        return address(sealed, of: account.id)
    }
}
