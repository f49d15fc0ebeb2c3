public import MongoDB

/// Why a field could not be encrypted or decrypted.
public enum FieldEncryptionError: Error, Equatable, Sendable {
    /// The ciphertext was made for another place, another version or another key.
    case misplaced
    /// The bytes are not what was encrypted.
    case undecryptable
    /// The data key is not in the vault; it was destroyed, or never made.
    case keyMissing
    /// The data key is wrapped under another master key than those given.
    case wrongMasterKey
    /// A master key has not the 96 bytes that it must have.
    case malformedMasterKey
    /// The store failed.
    case store(MongoError)
}

extension FieldEncryptionError: StoreFailure {}
