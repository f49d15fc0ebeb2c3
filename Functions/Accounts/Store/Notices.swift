public import BSON
public import Installation
public import MongoDB
public import Primitives
import Runtime

/// What someone outside should be told: stored with what it tells of, sent by `send-notices`.
public struct Notices {
    /// What is told.
    public enum Kind: String, CaseIterable, Sendable {
        case handoutReplayed = "handout.replayed"
        case handoutExpiring = "handout.expiring"
        case credentialsExpiring = "credentials.expiring"
        case credentialsExpired = "credentials.expired"
        case recoveryRequested = "recovery.requested"
        case auditFault = "audit.fault"
        case backupFailed = "backup.failed"
    }

    static let keptFor: Duration = .seconds(90 * 86_400)

    /// The collection that they wait in.
    public let collection: MongoCollection
    private let random: any RandomSource

    /// The installation's notices.
    public init(_ installation: Installation) {
        collection = installation.collection("notices")
        random = installation.environment.random
    }

    /// Adds a notice about an account (or about none), in the transaction of what it tells of.
    public func add(
        _ kind: Kind, _ account: UniqueID?, _ data: Document = [:], at now: Timestamp, _ session: MongoSession? = nil
    ) throws(MongoError) {
        try collection.insert(
            [
                "_id": .id(UniqueID(at: now, random: random)), "type": .string(kind.rawValue), "at": .date(now),
                "accountId": account.map(BSONValue.id) ?? .null, "data": .document(data), "attempts": 0,
                "nextAt": .date(now), "doneAt": .null, "expiresAt": .date(now.adding(Self.keptFor)),
            ], session: session)
    }
}
