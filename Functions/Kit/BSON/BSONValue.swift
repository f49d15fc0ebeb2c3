public import Primitives

/// A value of BSON 1.1 (bsonspec.org), without the types that MongoDB has given up.
public enum BSONValue: Hashable, Sendable {
    /// A binary floating-point number of 64 bits.
    case double(Double)
    /// Text; it may hold U+0000.
    case string(String)
    /// Named values in order.
    case document(Document)
    /// Values in order.
    case array([BSONValue])
    /// Bytes and what they stand for: 0 generic, 4 a UUID, 6 encrypted.
    case binary(subtype: UInt8, bytes: [UInt8])
    /// A driver-made identifier.
    case objectID(ObjectID)
    /// True or false.
    case bool(Bool)
    /// An instant, to the millisecond.
    case date(Timestamp)
    /// Nothing, present.
    case null
    /// A regular expression and its options, in alphabetical order.
    indirect case regex(pattern: String, options: String)
    /// Program text.
    case javascript(String)
    /// A whole number of 32 bits.
    case int32(Int32)
    /// A place in the oplog: seconds since the epoch and a counter within them.
    case timestamp(seconds: UInt32, increment: UInt32)
    /// A whole number of 64 bits.
    case int64(Int64)
    /// A decimal floating-point number.
    case decimal128(Decimal128)
    /// Sorts before every other value.
    case minKey
    /// Sorts after every other value.
    case maxKey

    /// A UUID as binary of subtype 4.
    public static func id(_ id: UniqueID) -> BSONValue {
        .binary(subtype: BinarySubtype.uuid, bytes: id.bytes)
    }

    /// A whole number, always as 64 bits.
    public static func integer(_ number: Int) -> BSONValue {
        .int64(Int64(number))
    }

    /// Bytes without a meaning of their own, as binary of subtype 0.
    public static func bytes(_ bytes: [UInt8]) -> BSONValue {
        .binary(subtype: BinarySubtype.generic, bytes: bytes)
    }
}

/// The subtypes of binary values that this project writes.
public enum BinarySubtype {
    /// Plain bytes.
    public static let generic: UInt8 = 0
    /// Plain bytes with their length written twice; old.
    static let oldGeneric: UInt8 = 2
    /// A UUID, most significant byte first.
    public static let uuid: UInt8 = 4
    /// What client-side field level encryption made.
    public static let encrypted: UInt8 = 6
}
