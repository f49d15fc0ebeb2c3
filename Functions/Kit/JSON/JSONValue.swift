/// A JSON value (RFC 8259); objects keep their members' order.
public indirect enum JSONValue: Equatable, Sendable {
    /// The literal `null`.
    case null
    /// The literals `true` and `false`.
    case bool(Bool)
    /// A number written without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number, as the nearest binary64.
    case number(Double)
    /// A string of Unicode scalar values.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order, no name twice.
    case object(JSONObject)
}

/// The members of a JSON object, in order.
public struct JSONObject: Equatable, Sendable {
    /// Names and values, in order; no name stands twice in what the parser made.
    public private(set) var members: [Member] = []

    /// One member.
    public struct Member: Equatable, Sendable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public let value: JSONValue
    }

    /// An object without members.
    public init() {}

    /// The value of the member of that name.
    public subscript(name: String) -> JSONValue? {
        members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    /// Appends a member; the caller sees to it that no name comes twice.
    public mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// An integer.
    public init(integerLiteral value: Int64) {
        self = .integer(value)
    }

    /// A truth value.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// An array.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// An object with the members in the order written.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements))
    }
}

extension JSONObject {
    /// An object of `members` in their order.
    public init(_ members: [(String, JSONValue)]) {
        for (name, value) in members { append(name, value) }
    }
}
