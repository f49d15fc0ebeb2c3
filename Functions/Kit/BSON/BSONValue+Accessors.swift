public import Primitives

extension BSONValue {
    /// The text, if it is text.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The whole number, of 32 or 64 bits, if it is one.
    public var integer: Int64? {
        switch self {
        case .int32(let number): Int64(number)
        case .int64(let number): number
        default: nil
        }
    }

    /// The number, of any width but decimal, if it is one.
    public var double: Double? {
        if case .double(let number) = self { number } else { integer.map(Double.init) }
    }

    /// The document, if it is one.
    public var document: Document? {
        if case .document(let document) = self { document } else { nil }
    }

    /// The values, if it is an array.
    public var array: [BSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The bytes of a binary value, whatever its subtype.
    public var binary: [UInt8]? {
        if case .binary(_, let bytes) = self { bytes } else { nil }
    }

    /// The instant, if it is a date.
    public var date: Timestamp? {
        if case .date(let date) = self { date } else { nil }
    }

    /// The truth value, if it is one.
    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The identifier, if it is sixteen bytes of subtype 4.
    public var id: UniqueID? {
        if case .binary(BinarySubtype.uuid, let bytes) = self { UniqueID(bytes: bytes) } else { nil }
    }

    /// Whether it is null.
    public var isNull: Bool {
        self == .null
    }
}
