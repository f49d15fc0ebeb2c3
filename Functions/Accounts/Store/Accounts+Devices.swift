import AccountsDomain
import BSON
import MongoDB
import Primitives
import Tokens

extension Accounts {
    /// How long a device is remembered after it was last used.
    public static let deviceLife: Duration = .seconds(180 * 86_400)

    /// Whether `token` was issued for this account and its present credentials.
    func isKnown(_ token: OpaqueToken, to account: Account, at now: Timestamp) throws(MongoError) -> Bool {
        let device: Document = [
            "_id": .bytes(token.digest), "accountId": .id(account.id),
            "credentialVersion": .int64(account.credentials.version), "expiresAt": ["$gt": .date(now)],
        ]
        return try devices.findOne(device, projection: ["_id": 1]) != nil
    }

    /// Remembers a device for the given version of an account's credentials.
    func insert(
        _ token: OpaqueToken, of account: UniqueID, version: Int64, at now: Timestamp, _ session: MongoSession
    ) throws(MongoError) {
        let device: Document = [
            "accountId": .id(account), "credentialVersion": .int64(version),
            "expiresAt": .date(now.adding(Self.deviceLife)),
        ]
        let change: Document = ["$set": .document(device), "$setOnInsert": ["createdAt": .date(now)]]
        try devices.update(["_id": .bytes(token.digest)], change, upsert: true, session: session)
    }
}
