/// The driver's own kind of identifier, twelve bytes (BSON type 7).
public struct ObjectID: Hashable, Sendable {
    /// The twelve bytes: seconds since the epoch, a random number and a counter, most significant first.
    public let bytes: [UInt8]

    /// Takes twelve bytes as they are; `nil` for another count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 12 else { return nil }
        self.bytes = bytes
    }
}
