import AccountsDomain
import Audit
import BSON
import FieldEncryption
import Installation
import MongoDB
public import Primitives
public import Runtime
public import Tokens

/// What comes of making an account with credentials at once.
public struct CreatedAccount {
    /// The account's id.
    public let id: UniqueID
    /// Its stored credentials.
    public let credentials: Account.Credentials
    /// The same in the clear, to be answered once.
    public let set: CredentialSet
    /// The token of the device that it was made from.
    public let deviceToken: OpaqueToken
}

extension Accounts {
    /// The version of an account's first credentials: no renewal led to them.
    static let firstVersion: Int64 = 1

    /// Makes a pending account with a new data key and new credentials; throws `.loginTaken` where there is one.
    public func create(_ new: NewAccount, _ context: Context) throws -> CreatedAccount {
        try withNewKey(for: new, context) { id, key in
            let set = CredentialSet(random: context.random)
            let credentials = try sealer.seal(set, of: id, under: key, version: Self.firstVersion, at: context.now)
            let device = OpaqueToken(random: context.random)
            let account = try document(of: new, id, key, credentials, context)
            try insert(account, new, [.accountCreated], context) { (session) throws(MongoError) in
                try insert(device, of: id, version: Self.firstVersion, at: context.now, session)
            }
            return CreatedAccount(id: id, credentials: credentials, set: set, deviceToken: device)
        }
    }

    /// Makes a pending account whose credentials are made when its hand-out is claimed; throws `.loginTaken`.
    public func createWithHandout(
        _ new: NewAccount, _ context: Context
    ) throws -> (id: UniqueID, handout: IssuedHandout) {
        try withNewKey(for: new, context) { id, key in
            let handout = IssuedHandout(at: context.now, life: handoutLife, random: context.random)
            let credentials = sealer.awaitingClaim(version: 0, at: context.now, until: handout.expiresAt)
            let account = try document(of: new, id, key, credentials, context)
            try insert(account, new, [.accountCreated, .handoutIssued], context) { (session) throws(MongoError) in
                try insert(handout, .claim, of: id, version: 0, session)
            }
            return (id, handout)
        }
    }

    /// The name of an account's data key in the key vault, or what all such names begin with.
    static func keyName(of account: UniqueID?) -> String {
        "account:" + (account?.description ?? "")
    }

    /// Runs `body` with a new id and data key; the key goes again where no account was made with it.
    func withNewKey<Result>(
        for new: NewAccount, _ context: Context, _ body: (_ id: UniqueID, _ key: UniqueID) throws -> Result
    ) throws -> Result {
        try removeLapsed(context)
        if try account(new.login, at: context.now) != nil { throw AccountsError.loginTaken }
        let id = UniqueID(at: context.now, random: context.random)
        let key = try installation.encryption.createDataKey(altName: Self.keyName(of: id))
        do {
            return try body(id, key)
        } catch let error as AccountsError {
            if error.isCertain { try? installation.encryption.destroyDataKey(key) }
            throw error
        } catch {
            try? installation.encryption.destroyDataKey(key)
            throw error
        }
    }

    func document(
        of new: NewAccount, _ id: UniqueID, _ key: UniqueID, _ credentials: Account.Credentials, _ context: Context
    ) throws -> Document {
        var document: Document = [
            "_id": .id(id), "login": .string(new.login.text), "loginFolded": .string(new.login.folded),
            "status": .string(AccountStatus.pending.rawValue),
            "roles": .array(new.roles.map { .string($0.rawValue) }), "keyId": .id(key),
            "credentials": .document(credentials.document), "createdAt": .date(context.now),
        ]
        if let email = new.email {
            let place = CredentialPlace.email(of: id)
            document.append("email", try installation.encryption.encrypt(.string(email), at: place, key: key))
        }
        return document
    }

    func insert(
        _ document: Document, _ new: NewAccount, _ kinds: [AuditEvent.Kind], _ context: Context,
        _ also: (MongoSession) throws(MongoError) -> Void
    ) throws(AccountsError) {
        guard let account = Account(document) else { throw .overtaken }
        let events = kinds.map { event($0, by: new.maker, on: account, context) }
        try recording(events) { (session) throws(AccountsError) in
            do throws(MongoError) {
                try accounts.insert(document, session: session)
                try also(session)
            } catch .duplicateKey {
                throw .loginTaken
            } catch {
                throw .store(error)
            }
        }
    }
}
