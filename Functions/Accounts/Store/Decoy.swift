import BSON
import FieldEncryption
import Installation
import MongoDB
import PasswordHashing
import Platform
import Primitives
import Runtime

/// The same work for a login that does not exist as for one that does: a data key looked up, two fields decrypted.
final class Decoy {
    private let installation: Installation
    private let encryption: FieldEncryption
    private let keyVault: MongoCollection
    private let random: any RandomSource
    private let id: UniqueID
    private var sealed: (key: UniqueID, value: BSONValue)?
    private var seen: [[UInt8]: Instant] = [:]
    private static let keyCacheMilliseconds = 60_000
    private static let mostSeen = 10_000

    init(_ installation: Installation) {
        self.installation = installation
        encryption = installation.encryption
        keyVault = installation.client.collection("encryption", "__keyVault")
        random = installation.environment.random
        id = UniqueID(at: installation.environment.clock.now, random: installation.environment.random)
    }

    /// Does what opening an account's credentials does; `name` stands for the login.
    func open(_ name: [UInt8]) throws(FieldEncryptionError) -> OpenedCredentials {
        try lookUpKey(name)
        let place = FieldPlace(owner: id, document: .id(id), field: "decoy")
        if sealed == nil { sealed = try seal(at: place) }
        for _ in 0..<2 {
            if let sealed { _ = try encryption.decrypt(sealed.value, at: place, key: sealed.key) }
        }
        return OpenedCredentials(passwordHash: PasswordHash.dummy, totpSecret: [UInt8](repeating: 0, count: 20))
    }

    /// The id that the dummy password is hashed with.
    var account: UniqueID { id }

    /// Reads the key vault as often as the driver would for one account: once a minute.
    private func lookUpKey(_ name: [UInt8]) throws(FieldEncryptionError) {
        let now = Instant.now
        if let last = seen[name], now.milliseconds(since: last) < Self.keyCacheMilliseconds { return }
        if seen.count >= Self.mostSeen { seen.removeAll() }
        seen[name] = now
        do throws(MongoError) {
            _ = try keyVault.findOne(["_id": .id(UniqueID(at: Timestamp(milliseconds: 0), random: random))])
        } catch {
            throw .store(error)
        }
    }

    private func seal(at place: FieldPlace) throws(FieldEncryptionError) -> (key: UniqueID, value: BSONValue) {
        let key = try installation.ownKey()
        let filler = [UInt8](repeating: 0, count: PasswordHash.dummy.utf8.count)
        return (key, try encryption.encrypt(.bytes(filler), at: place, key: key))
    }
}
