public import AccountsDomain
import Audit
import BSON
import FieldEncryption
public import Installation
public import MongoDB
public import Notifications
public import Primitives
public import Runtime

/// The accounts and all that hangs on them.
public final class Accounts {
    /// What it is built on.
    public let installation: Installation
    /// Seals and opens credentials.
    public let sealer: CredentialSealer
    let accounts: MongoCollection
    let sessions: MongoCollection
    let devices: MongoCollection
    let renewals: MongoCollection
    let handouts: MongoCollection
    let operations: MongoCollection
    let erasures: MongoCollection
    /// A document that every change of who is admin writes, so that two at once cannot both take the last one away.
    let adminGuard: MongoCollection
    /// What is to be told to people outside.
    public let notices: Notices
    /// What owners of accounts are told.
    public let notifications: Notifications
    let throttles: Throttles
    let decoy: Decoy
    /// How long a hand-out can be claimed.
    public let handoutLife: Duration
    /// How long an account may wait for its first full login.
    static let pendingLife: Duration = .seconds(24 * 3600)

    /// Prepares the collections; reads the peppers.
    public init(_ installation: Installation) throws(SetUpFailure) {
        self.installation = installation
        sealer = try CredentialSealer(installation)
        accounts = installation.collection("accounts")
        sessions = installation.collection("sessions")
        devices = installation.collection("devices")
        renewals = installation.collection("renewals")
        handouts = installation.collection("handouts")
        operations = installation.collection("operations")
        erasures = installation.collection("erasures")
        adminGuard = installation.collection("guards")
        notices = Notices(installation)
        notifications = Notifications(installation)
        throttles = try Throttles(installation)
        let hours = try installation.environment.number("HANDOUT_LIFETIME_HOURS", default: 72, in: 1...8760)
        handoutLife = .seconds(hours * 3600)
        decoy = Decoy(installation)
    }

    /// The account with that login, whatever its spelling; `nil` where there is none, or a pending one has lapsed.
    public func account(_ login: Login, at now: Timestamp) throws(MongoError) -> Account? {
        let document = try accounts.findOne(["loginFolded": .string(login.folded)])
        return document.flatMap(Account.init).flatMap { $0.hasLapsed(at: now) ? nil : $0 }
    }

    /// The account with that id; `nil` where there is none.
    public func account(_ id: UniqueID, session: MongoSession? = nil) throws(MongoError) -> Account? {
        try accounts.findOne(["_id": .id(id)], session: session).flatMap(Account.init)
    }

    /// The accounts of those ids, in no order.
    public func accounts(_ ids: [UniqueID]) throws(MongoError) -> [Account] {
        guard !ids.isEmpty else { return [] }
        return try accounts.find(["_id": ["$in": .array(ids.map(BSONValue.id))]]).compactMap(Account.init)
    }

    /// The id of the account with that login; `nil` where there is none.
    func id(of login: Login) throws(MongoError) -> UniqueID? {
        try accounts.findOne(["loginFolded": .string(login.folded)], projection: ["_id": 1])?["_id"]?.id
    }

    /// The account's e-mail address in the clear; `nil` where it has none.
    public func email(of account: Account) throws -> String? {
        guard let sealed = account.email else { return nil }
        let place = CredentialPlace.email(of: account.id)
        return try installation.encryption.decrypt(sealed, at: place, key: account.keyID).string
    }
}

extension Account {
    /// Whether the account was never logged into within 24 h of its issue, or never claimed: it is gone, and its login free.
    func hasLapsed(at now: Timestamp) -> Bool {
        status == .pending && now >= (credentials.claimBy ?? credentials.issuedAt.adding(Accounts.pendingLife))
    }
}
