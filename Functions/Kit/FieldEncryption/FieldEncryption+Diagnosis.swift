import BSON
import MongoDB
import Primitives

extension FieldEncryption {
    /// Runs `body` with the cipher that opens the key, and names the reason where it fails; where no master key at hand
    /// opens it, they are read again first.
    func withCipher(
        of key: UniqueID, _ body: (ClientEncryption) throws(ClientEncryption.Failure) -> [UInt8]
    ) throws(FieldEncryptionError) -> [UInt8] {
        if let result = try attempt(key, body) { return result }
        let isThere = try FieldEncryptionError.carrying { () throws(MongoError) in try vault.contains(key) }
        guard isThere else { throw .keyMissing }
        // Wrapped anew between the two attempts, it opens with keys that have not changed.
        _ = try takeChangedKeys()
        guard let result = try attempt(key, body) else { throw .wrongMasterKey }
        return result
    }

    /// Tries each master key; `nil` where none opens the data key, or there is no such data key.
    ///
    /// libmongocrypt reports a key under another master key and an altered ciphertext alike, so after a failure the
    /// key alone is tried, by encrypting with it: where that works, the key is right and the bytes are not.
    private func attempt(
        _ key: UniqueID, _ body: (ClientEncryption) throws(ClientEncryption.Failure) -> [UInt8]
    ) throws(FieldEncryptionError) -> [UInt8]? {
        for cipher in ciphers {
            if let result = try Self.unlessFailing({ () throws(ClientEncryption.Failure) in try body(cipher) }) {
                return result
            }
            guard try opens(key, cipher) else { continue }
            // The data key may have been wrapped anew just after the first attempt; now it is at hand.
            guard let result = try Self.unlessFailing({ () throws(ClientEncryption.Failure) in try body(cipher) })
            else { throw .undecryptable }
            return result
        }
        return nil
    }

    private func opens(_ key: UniqueID, _ cipher: ClientEncryption) throws(FieldEncryptionError) -> Bool {
        try Self.unlessFailing { () throws(ClientEncryption.Failure) in
            try cipher.encrypt(Document().bytes, key: key.bytes)
        } != nil
    }

    /// What `body` gives, `nil` where libmongocrypt fails; only the store's errors are thrown.
    private static func unlessFailing(
        _ body: () throws(ClientEncryption.Failure) -> [UInt8]
    ) throws(FieldEncryptionError) -> [UInt8]? {
        do {
            return try body()
        } catch {
            if let reason = reason(error) { throw reason }
            return nil
        }
    }

    /// The store's error in `failure`; `nil` where it was libmongocrypt.
    static func reason(_ failure: ClientEncryption.Failure) -> FieldEncryptionError? {
        if case .store(let error) = failure { .store(error) } else { nil }
    }
}
