/// A decimal floating-point number as IEEE 754 lays it out in 128 bits; carried, not calculated with.
public struct Decimal128: Hashable, Sendable {
    /// Sign, exponent and the coefficient's leading bits.
    public let high: UInt64
    /// The coefficient's other bits.
    public let low: UInt64

    /// Takes the two halves of the bit pattern as they are.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
