public import BSON
public import MongoDB
public import Primitives

/// Encrypts single fields so that each can be read in its own place alone.
///
/// It is MongoDB's explicit client-side field level encryption (`AEAD_AES_256_CBC_HMAC_SHA_512-Random`, provider
/// `local`, vault `encryption.__keyVault`); the driver binds a ciphertext to no place, so the place is encrypted too.
public final class FieldEncryption {
    let vault: KeyVault
    private let client: MongoClient
    let mark: MasterKeyMark
    /// Reads the master keys again, where they may have changed.
    private let readKeys: () -> MasterKeys?
    private(set) var keys: MasterKeys
    /// The present master key's first, then the previous one's.
    private(set) var ciphers: [ClientEncryption]

    /// Master keys have 96 bytes; the previous one opens what is not yet wrapped anew.
    public convenience init(
        client: MongoClient, masterKey: [UInt8], previousMasterKey: [UInt8]? = nil
    ) throws(FieldEncryptionError) {
        try self.init(client: client, keys: MasterKeys(current: masterKey, previous: previousMasterKey)) { nil }
    }

    /// Asks `rereading` for the master keys whenever those at hand no longer serve: the operator has put others in
    /// their place while this process ran.
    public init(
        client: MongoClient, keys: MasterKeys, rereading: @escaping () -> MasterKeys?
    ) throws(FieldEncryptionError) {
        self.client = client
        self.keys = keys
        vault = KeyVault(client: client)
        mark = MasterKeyMark(client: client)
        readKeys = rereading
        ciphers = try Self.ciphers(client, keys)
    }

    /// Reads the master keys again; `true` where they are others than before, which from now on are used.
    func takeChangedKeys() throws(FieldEncryptionError) -> Bool {
        guard let present = readKeys(), present != keys else { return false }
        ciphers = try Self.ciphers(client, present)
        keys = present
        return true
    }

    private static func ciphers(_ client: MongoClient, _ keys: MasterKeys) throws(FieldEncryptionError)
        -> [ClientEncryption]
    {
        var ciphers: [ClientEncryption] = []
        for service in keys.services {
            ciphers.append(
                try FieldEncryptionError.carrying { () throws(MongoError) in
                    try ClientEncryption(
                        client: client, database: KeyVault.database, collection: KeyVault.name, service: service)
                })
        }
        return ciphers
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
