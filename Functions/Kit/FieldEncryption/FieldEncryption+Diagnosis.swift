import BSON
import MongoDB
import Primitives

extension FieldEncryption {
    /// Runs `body` with the cipher that opens the key, and names the reason where it fails.
    ///
    /// libmongocrypt reports a key under another master key and an altered ciphertext alike, so after a failure the
    /// key alone is tried, by encrypting with it: where that works, the key is right and the bytes are not.
    func withCipher(
        of key: UniqueID, _ body: (ClientEncryption) throws(ClientEncryption.Failure) -> [UInt8]
    ) throws(FieldEncryptionError) -> [UInt8] {
        for cipher in ciphers {
            if let result = try Self.unlessFailing({ () throws(ClientEncryption.Failure) in try body(cipher) }) {
                return result
            }
            if try opens(key, cipher) { throw .undecryptable }
        }
        let isThere = try FieldEncryptionError.carrying { () throws(MongoError) in try vault.contains(key) }
        throw isThere ? .wrongMasterKey : .keyMissing
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
