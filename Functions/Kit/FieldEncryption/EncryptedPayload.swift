import BSON
import Primitives

/// The bytes of a binary of subtype 6: how they were made, under which key, of what type, then the ciphertext.
struct EncryptedPayload {
    private static let random: UInt8 = 2
    private static let headerLength = 18

    let bytes: [UInt8]
    let key: UniqueID

    /// `nil` for anything but the random algorithm's output over a whole document.
    init?(_ value: BSONValue) {
        guard case .binary(BinarySubtype.encrypted, let bytes) = value, bytes.count > Self.headerLength,
            bytes[0] == Self.random, let key = UniqueID(bytes: Array(bytes[1...16]))
        else { return nil }
        self.bytes = bytes
        self.key = key
    }
}
