public import BSON
public import MongoDB
public import Primitives

/// Encrypts single fields so that each can be read in its own place alone.
///
/// It is MongoDB's explicit client-side field level encryption (`AEAD_AES_256_CBC_HMAC_SHA_512-Random`, provider
/// `local`, vault `encryption.__keyVault`); the driver binds a ciphertext to no place, so the place is encrypted too.
public final class FieldEncryption {
    private static let installation = "installation"
    let vault: KeyVault
    /// The present master key's first, then the previous one's.
    let ciphers: [ClientEncryption]

    /// Master keys have 96 bytes; the previous one opens what is not yet wrapped anew.
    public init(
        client: MongoClient, masterKey: [UInt8], previousMasterKey: [UInt8]? = nil
    ) throws(FieldEncryptionError) {
        vault = KeyVault(client: client)
        var ciphers = [try Self.cipher(client, masterKey)]
        if let previousMasterKey { ciphers.append(try Self.cipher(client, previousMasterKey)) }
        self.ciphers = ciphers
    }

    private static func cipher(_ client: MongoClient, _ masterKey: [UInt8]) throws(FieldEncryptionError)
        -> ClientEncryption
    {
        guard masterKey.count == ClientEncryption.masterKeyLength else { throw .malformedMasterKey }
        return try FieldEncryptionError.carrying { () throws(MongoError) in
            try ClientEncryption(
                client: client, database: KeyVault.database, collection: KeyVault.name, masterKey: masterKey)
        }
    }

    /// A binary of subtype 6 that holds `value` for `place`, under the data key with the id `key`.
    public func encrypt(
        _ value: BSONValue, at place: FieldPlace, key: UniqueID
    ) throws(FieldEncryptionError) -> BSONValue {
        let document = place.wrapping(value).bytes
        let payload = try withCipher(of: key) { (cipher) throws(ClientEncryption.Failure) in
            try cipher.encrypt(document, key: key.bytes)
        }
        return .binary(subtype: BinarySubtype.encrypted, bytes: payload)
    }

    /// The value that was encrypted for `place` under the data key with the id `key`; throws for any other.
    public func decrypt(
        _ sealed: BSONValue, at place: FieldPlace, key: UniqueID
    ) throws(FieldEncryptionError) -> BSONValue {
        guard let payload = EncryptedPayload(sealed) else { throw .undecryptable }
        guard payload.key == key else { throw .misplaced }
        let bytes = try withCipher(of: key) { (cipher) throws(ClientEncryption.Failure) in
            try cipher.decrypt(payload.bytes)
        }
        guard let document = try? Document(parsing: bytes) else { throw .undecryptable }
        guard let value = place.unwrapping(document) else { throw .misplaced }
        return value
    }
}

extension FieldEncryption {
    /// Makes a data key under a name of its own; throws `.store(.duplicateKey)` where the name is taken.
    ///
    /// The driver inserts it by itself, majority-acknowledged, never as part of a transaction.
    public func createDataKey(altName: String) throws(FieldEncryptionError) -> UniqueID {
        let bytes: [UInt8]
        do {
            bytes = try ciphers[0].createKey(altName)
        } catch {
            throw Self.reason(error) ?? .wrongMasterKey
        }
        guard let id = UniqueID(bytes: bytes) else { throw .keyMissing }
        return id
    }

    /// The id of the data key of that name, or `nil`.
    public func dataKey(altName: String) throws(FieldEncryptionError) -> UniqueID? {
        try FieldEncryptionError.carrying { () throws(MongoError) in try vault.find(named: altName) }
    }

    /// Destroys a data key, and with it all that was encrypted under it; caches forget it within 60 s.
    public func destroyDataKey(_ id: UniqueID, session: MongoSession? = nil) throws(FieldEncryptionError) {
        try FieldEncryptionError.carrying { () throws(MongoError) in try vault.remove(id, session: session) }
    }

    /// Makes the index that keeps names of data keys apart, where it is not there; for set-up, before the first key.
    public func ensureKeyVaultIndex() throws(FieldEncryptionError) {
        try FieldEncryptionError.carrying { () throws(MongoError) in try vault.ensureIndex() }
    }

    /// Throws `.wrongMasterKey` unless the vault's keys are wrapped under one of the master keys given; gives the id
    /// of the installation's own data key, which it makes where the vault has none.
    @discardableResult
    public func verifyMasterKey() throws(FieldEncryptionError) -> UniqueID {
        if let id = try dataKey(altName: Self.installation) {
            try probe(id)
            return id
        }
        if let any = try FieldEncryptionError.carrying({ () throws(MongoError) in try vault.find() }) {
            try probe(any)
        }
        return try makeInstallationKey()
    }

    private func makeInstallationKey() throws(FieldEncryptionError) -> UniqueID {
        do {
            return try createDataKey(altName: Self.installation)
        } catch {
            guard case .store(.duplicateKey) = error else { throw error }
            return try verifyMasterKey()
        }
    }

    private func probe(_ key: UniqueID) throws(FieldEncryptionError) {
        _ = try withCipher(of: key) { (cipher) throws(ClientEncryption.Failure) in
            try cipher.encrypt(Document().bytes, key: key.bytes)
        }
    }
}
