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
    /// Notices are sent in the order of `nextAt`; urgent ones are due since so long.
    static let headStart: Duration = .seconds(7 * 86_400)

    /// The collection that they wait in.
    public let collection: MongoCollection
    let random: any RandomSource

    /// The installation's notices.
    public init(_ installation: Installation) {
        collection = installation.collection("notices")
        random = installation.environment.random
    }

    /// Adds a notice about an account (or about none), in the transaction of what it tells of.
    public func add(
        _ kind: Kind, _ account: UniqueID?, _ data: Document = [:], at now: Timestamp, _ session: MongoSession? = nil
    ) throws(MongoError) {
        try add([NewNotice(kind, account, data)], at: now, session)
    }

    /// Adds several notices at once.
    func add(_ new: [NewNotice], at now: Timestamp, _ session: MongoSession?) throws(MongoError) {
        try collection.insertMany(new.map { document(of: $0, at: now) }, session: session)
    }

    private func document(of new: NewNotice, at now: Timestamp) -> Document {
        [
            "_id": .id(UniqueID(at: now, random: random)), "type": .string(new.kind.rawValue), "at": .date(now),
            "accountId": new.account.map(BSONValue.id) ?? .null, "data": .document(new.data), "attempts": 0,
            "nextAt": .date(new.kind.isUrgent ? now.adding(.zero - Self.headStart) : now), "doneAt": .null,
            "expiresAt": .date(now.adding(Self.keptFor)),
        ]
    }
}

/// What is to be told, and about whom.
struct NewNotice {
    let kind: Notices.Kind
    let account: UniqueID?
    let data: Document

    init(_ kind: Notices.Kind, _ account: UniqueID?, _ data: Document = [:]) {
        self.kind = kind
        self.account = account
        self.data = data
    }
}

extension Notices.Kind {
    /// Whether somebody waits for it: it is sent before what merely announces something.
    var isUrgent: Bool {
        switch self {
        case .credentialsExpiring, .credentialsExpired, .handoutExpiring: false
        case .handoutReplayed, .recoveryRequested, .auditFault, .backupFailed: true
        }
    }

    /// Whether an operator should look at once.
    public var isAlarm: Bool {
        switch self {
        case .handoutReplayed, .auditFault, .backupFailed: true
        case .credentialsExpiring, .credentialsExpired, .handoutExpiring, .recoveryRequested: false
        }
    }
}
