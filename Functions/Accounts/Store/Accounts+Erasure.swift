import AccountsDomain
import Audit
import BSON
import FieldEncryption
import Installation
public import MongoDB
import Primitives
public import Runtime

extension Accounts {
    /// Erases an account, using its owner's proof up: all that is its own goes, and its data key with it, in one
    /// transaction; the audit keeps its id. `also` removes what other packs keep. Throws `.lastAdmin` where
    /// no admin could log in any more.
    public func erase(
        _ proven: ProvenLogin, _ context: Context, also: (MongoSession) throws(MongoError) -> Void
    ) throws {
        let account = proven.account
        let erased = AuditEvent(
            .accountErased, by: .account(account.id), on: .account(account.id), call: context.callID, at: context.now)
        try using(proven, [erased], context) { (session) throws(AccountsError) in
            try AccountsError.carrying { () throws(MongoError) in
                try accounts.delete(["_id": .id(account.id)], session: session)
                try removeBelongings(of: account.id, session)
                try notices.collection.deleteMany(["accountId": .id(account.id)], session: session)
                try also(session)
                try erasures.insert(
                    ["_id": .id(account.id), "keyId": .id(account.keyID), "at": .date(context.now), "listed": false],
                    session: session)
            }
            if account.roles.contains(.admin) { try keepAnAdmin(session) }
            do throws(FieldEncryptionError) {
                try installation.encryption.destroyDataKey(account.keyID, session: session)
            } catch .store(let error) {
                throw .store(error)
            } catch {
                throw .overtaken
            }
        }
        try? ErasureList(installation.environment).append(from: erasures)
    }

    /// Adds the erasures that are not yet there to the list outside the database.
    public func listErasures() throws {
        try ErasureList(installation.environment).append(from: erasures)
    }
}
