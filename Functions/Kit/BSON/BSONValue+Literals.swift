// There is no `nil` literal for null: where an optional value is meant, it would quietly stand for a present one.

extension BSONValue: ExpressibleByStringLiteral {
    /// Text.
    public init(stringLiteral text: String) {
        self = .string(text)
    }
}

extension BSONValue: ExpressibleByIntegerLiteral {
    /// A whole number, always as 64 bits.
    public init(integerLiteral number: Int64) {
        self = .int64(number)
    }
}

extension BSONValue: ExpressibleByFloatLiteral {
    /// A floating-point number.
    public init(floatLiteral number: Double) {
        self = .double(number)
    }
}

extension BSONValue: ExpressibleByBooleanLiteral {
    /// True or false.
    public init(booleanLiteral bool: Bool) {
        self = .bool(bool)
    }
}

extension BSONValue: ExpressibleByArrayLiteral {
    /// An array.
    public init(arrayLiteral values: BSONValue...) {
        self = .array(values)
    }
}

extension BSONValue: ExpressibleByDictionaryLiteral {
    /// A document with its members in the order written.
    public init(dictionaryLiteral members: (String, BSONValue)...) {
        self = .document(Document(members.map { Document.Element(name: $0, value: $1) }))
    }
}
