public import BSON
public import Primitives

/// A caller's address under field encryption, and the account whose key it is under.
public struct SealedAddress: Sendable {
    /// The ciphertext (binary subtype 6).
    public let ciphertext: BSONValue
    /// The owner of the key; `nil` for the installation's own.
    public let owner: UniqueID?

    /// Takes what field encryption made.
    public init(ciphertext: BSONValue, owner: UniqueID?) {
        self.ciphertext = ciphertext
        self.owner = owner
    }
}
