import BSON
import Cryptography
public import MongoDB
public import Primitives

/// Wraps data keys anew under the present master key or by the key service, without ever making one.
///
/// What is encrypted under them stays as it is. Each is changed on condition that its wrapping still is the one that
/// was read, so that any number of these may run, be killed, and run again.
public struct DataKeyRewrap {
    /// What one step came to.
    public struct Step: Sendable {
        /// The last data key looked at; `nil` where there was none left.
        public let last: UniqueID?
        /// Whether all have been looked at.
        public let isEnd: Bool
        /// How many were under the master key before.
        public let found: Int
        /// How many of these were wrapped anew, and not by somebody else or destroyed meanwhile.
        public let rewrapped: Int
        /// How many are under neither master key.
        public let foreign: Int
    }

    private static let stepSize = 1000

    let client: MongoClient
    let keys: MasterKeys
    let startedAt: Timestamp
    private let random: any RandomSource

    /// Wraps keys anew that are under the previous one of `keys`; with a key service, all that were wrapped before
    /// `startedAt` or by another.
    public init(client: MongoClient, keys: MasterKeys, startedAt: Timestamp, random: any RandomSource) {
        self.client = client
        self.keys = keys
        self.startedAt = startedAt
        self.random = random
    }

    /// Names the present master key as the one that new data keys must be under; before the first step.
    public func announce() throws(MongoError) {
        try MasterKeyMark(client: client).set(keys.fingerprint)
    }

    /// Looks at the next thousand data keys behind `last`, in the order of their ids.
    public func step(after last: UniqueID?) throws(FieldEncryptionError) -> Step {
        if let service = keys.service { return try step(after: last, by: service) }
        return try FieldEncryptionError.carrying { () throws(MongoError) in try localStep(after: last) }
    }

    private func localStep(after last: UniqueID?) throws(MongoError) -> Step {
        let wrapped = try KeyVault(client: client).localKeys(after: last, limit: Self.stepSize)
        var updates: [BSONValue] = []
        var foreign = 0
        for key in wrapped where !AuthenticatedCBC.isSealed(key.material, under: keys.current) {
            if let update = update(of: key) { updates.append(update) } else { foreign += 1 }
        }
        return Step(
            last: wrapped.last?.id, isEnd: wrapped.count < Self.stepSize, found: updates.count,
            rewrapped: try KeyVault(client: client).apply(updates), foreign: foreign)
    }

    /// The change of one data key; `nil` where it is not under the previous master key.
    private func update(of key: KeyVault.WrappedKey) -> BSONValue? {
        guard let previous = keys.previous, var opened = AuthenticatedCBC.open(key.material, key: previous) else {
            return nil
        }
        defer { wipe(&opened) }
        let vector = random.bytes(AuthenticatedCBC.vectorLength)
        return AuthenticatedCBC.seal(opened, key: keys.current, vector: vector).map { material in
            [
                "q": ["_id": .id(key.id), "keyMaterial": .bytes(key.material)],
                "u": ["$set": ["keyMaterial": .bytes(material)], "$currentDate": ["updateDate": true]],
                "multi": false, "upsert": false,
            ]
        }
    }
}
