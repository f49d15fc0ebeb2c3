public import AccountsDomain
import Audit
import BSON
import FieldEncryption
import Installation
import MongoDB
public import Primitives
public import Runtime
public import Tokens

/// What comes of making an account.
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
    /// Makes a pending account with a new data key and new credentials; throws `.loginTaken` where there is one.
    public func create(_ login: Login, email: String?, _ context: Context) throws -> CreatedAccount {
        let now = context.now
        try removeLapsed(at: now)
        if try account(login, at: now) != nil { throw AccountsError.loginTaken }
        let id = UniqueID(at: now, random: context.random)
        let key = try installation.encryption.createDataKey(altName: Self.keyName(of: id))
        do {
            let set = CredentialSet(random: context.random)
            let credentials = try sealer.seal(set, of: id, under: key, version: 1, at: now)
            var document: Document = [
                "_id": .id(id), "login": .string(login.text), "loginFolded": .string(login.folded),
                "status": .string(AccountStatus.pending.rawValue), "roles": [], "keyId": .id(key),
                "credentials": .document(credentials.document), "createdAt": .date(now),
            ]
            if let email {
                let place = CredentialPlace.email(of: id)
                document.append("email", try installation.encryption.encrypt(.string(email), at: place, key: key))
            }
            let device = OpaqueToken(random: context.random)
            try insert(document, device: device, context)
            return CreatedAccount(id: id, credentials: credentials, set: set, deviceToken: device)
        } catch {
            try? installation.encryption.destroyDataKey(key)
            throw error
        }
    }

    /// The name of an account's data key in the key vault.
    static func keyName(of account: UniqueID) -> String {
        "account:" + account.description
    }

    private func insert(_ document: Document, device: OpaqueToken, _ context: Context) throws(AccountsError) {
        guard let account = Account(document) else { throw .overtaken }
        let event = AuditEvent(
            .accountCreated, by: .anyone, on: .account(account.id),
            address: sealedAddress(context.clientAddress, of: account), call: context.callID, at: context.now)
        try recording([event]) { (session) throws(AccountsError) in
            do throws(MongoError) {
                try accounts.insert(document, session: session)
                try insert(device, of: account.id, version: 1, at: context.now, session)
            } catch .duplicateKey {
                throw .loginTaken
            } catch {
                throw .store(error)
            }
        }
    }

    /// Removes a few accounts that were never logged into in time, with their data keys.
    private func removeLapsed(at now: Timestamp) throws(MongoError) {
        let oldest = Timestamp(milliseconds: now.milliseconds).adding(.zero - Self.pendingLife)
        let lapsed: Document = [
            "status": .string(AccountStatus.pending.rawValue), "credentials.issuedAt": ["$lte": .date(oldest)],
        ]
        for document in try accounts.find(lapsed, limit: 3) {
            guard let account = Account(document) else { continue }
            let same = lapsed.merging(["_id": .id(account.id)])
            guard try accounts.delete(same) == 1 else { continue }
            try devices.deleteMany(["accountId": .id(account.id)])
            try? installation.encryption.destroyDataKey(account.keyID)
        }
    }
}
