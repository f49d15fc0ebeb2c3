import Audit
import BSON
import FieldEncryption
import Installation
public import MongoDB
public import Primitives

extension Accounts {
    /// Erases an account that had been erased before a backup brought it back: all that is its own, and its data key.
    /// `also` removes what other packs keep. Gives whether the account was there.
    public func eraseAgain(
        _ account: UniqueID, key: UniqueID, at now: Timestamp, also: (MongoSession) throws(MongoError) -> Void
    ) throws -> Bool {
        let had = try accounts.findOne(["_id": .id(account)], projection: ["_id": 1]) != nil
        try installation.client.withTransaction { (session) throws(MongoError) in
            try accounts.delete(["_id": .id(account)], session: session)
            try removeBelongings(of: account, session)
            try notices.collection.deleteMany(["accountId": .id(account)], session: session)
            try also(session)
            try erasures.update(
                ["_id": .id(account)],
                ["$setOnInsert": ["keyId": .id(key), "at": .date(now)], "$set": ["listed": false]], upsert: true,
                session: session)
        }
        try installation.encryption.destroyDataKey(key)
        return had
    }
}
