import BSON
public import MongoDB
public import Primitives

extension FieldEncryption {
    private static let installation = "installation"

    /// Makes a data key under a name of its own; throws `.store(.duplicateKey)` where the name is taken.
    ///
    /// The driver inserts it by itself, majority-acknowledged, never as part of a transaction. Where a newer master key
    /// has been announced than the one at hand, the secrets are read again and the data key is made anew under it;
    /// throws `.wrongMasterKey` where that is not there.
    public func createDataKey(altName: String) throws(FieldEncryptionError) -> UniqueID {
        let id = try storeDataKey(altName)
        let newest = try announcedKey()
        if newest == nil || newest == keys.fingerprint { return id }
        let isChanged = try takeChangedKeys()
        if !isChanged, newest == keys.previousFingerprint { return id }
        try destroyDataKey(id)
        guard isChanged else { throw .wrongMasterKey }
        return try createDataKeyAnew(altName)
    }

    /// With the master keys just read: one that is not announced yet is ahead of the one before it, which is.
    private func createDataKeyAnew(_ altName: String) throws(FieldEncryptionError) -> UniqueID {
        let id = try storeDataKey(altName)
        let newest = try announcedKey()
        if newest == nil || newest == keys.fingerprint || newest == keys.previousFingerprint { return id }
        try destroyDataKey(id)
        throw .wrongMasterKey
    }

    private func announcedKey() throws(FieldEncryptionError) -> String? {
        try FieldEncryptionError.carrying { () throws(MongoError) in try mark.read() }
    }

    private func storeDataKey(_ altName: String) throws(FieldEncryptionError) -> UniqueID {
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
