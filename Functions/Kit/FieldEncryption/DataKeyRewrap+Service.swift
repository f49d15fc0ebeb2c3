import BSON
import MongoDB
import Primitives

extension DataKeyRewrap {
    /// A service answers for each data key by itself, so that a step is short.
    private static let serviceStepSize = 50

    /// Has the driver wrap the next data keys anew that the service has not wrapped since the start.
    func step(after last: UniqueID?, by service: KeyService) throws(FieldEncryptionError) -> Step {
        let waiting = try FieldEncryptionError.carrying { () throws(MongoError) in
            try KeyVault(client: client).keys(
                after: last, notWrappedBy: service.provider, since: startedAt, limit: Self.serviceStepSize)
        }
        if !waiting.isEmpty { try rewrap(waiting) }
        return Step(
            last: waiting.last, isEnd: waiting.count < Self.serviceStepSize, found: waiting.count,
            rewrapped: waiting.count, foreign: 0)
    }

    private func rewrap(_ ids: [UniqueID]) throws(FieldEncryptionError) {
        let encryption = try FieldEncryption(client: client, keys: keys) { nil }
        let filter: Document = ["_id": ["$in": .array(ids.map(BSONValue.id))]]
        var failure = FieldEncryptionError.wrongMasterKey
        for cipher in encryption.ciphers {
            do throws(ClientEncryption.Failure) {
                return try cipher.rewrap(filter)
            } catch {
                failure = FieldEncryption.reason(error) ?? .wrongMasterKey
            }
        }
        throw failure
    }
}

extension KeyVault {
    /// The ids of data keys that another wrapped, or this one before `start`, in their order.
    func keys(
        after last: UniqueID?, notWrappedBy provider: String, since start: Timestamp, limit: Int
    ) throws(MongoError) -> [UniqueID] {
        var filter: Document = [
            "$or": [["masterKey.provider": ["$ne": .string(provider)]], ["updateDate": ["$lt": .date(start)]]]
        ]
        if let last { filter.append("_id", ["$gt": .id(last)]) }
        return try collection.find(
            filter, sort: ["_id": 1], limit: limit, projection: ["_id": 1], readConcern: .majority
        ).compactMap { $0["_id"]?.id }
    }
}
