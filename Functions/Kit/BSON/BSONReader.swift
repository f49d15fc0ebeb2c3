import Primitives

/// Reads values in the layout of bsonspec.org, version 1.1, never past the end of the document that holds them.
struct BSONReader {
    private static let deepest = 100
    /// A length and a closing zero.
    private static let shortestDocument = 5

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    /// Where the innermost open document's closing zero is.
    private var end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        end = bytes.count
    }

    mutating func wholeDocument() throws(BSONError) -> Document {
        let document = Document(try elements())
        guard position == bytes.count else { throw .trailingBytes }
        return document
    }

    private mutating func elements() throws(BSONError) -> [Document.Element] {
        let outerEnd = end
        try open()
        var elements: [Document.Element] = []
        while position < end { elements.append(try element()) }
        guard position == end, bytes[position] == 0 else { throw .badTerminator }
        position += 1
        depth -= 1
        end = outerEnd
        return elements
    }

    private mutating func open() throws(BSONError) {
        depth += 1
        guard depth <= Self.deepest else { throw .tooDeep }
        let start = position
        let length = Int(try integer(Int32.self))
        guard length >= Self.shortestDocument, length <= end - start else { throw .truncated }
        end = start + length - 1
    }

    private mutating func element() throws(BSONError) -> Document.Element {
        let byte = try integer(UInt8.self)
        guard let type = BSONType(rawValue: byte) else { throw byte == 0 ? .badTerminator : .unsupportedType(byte) }
        let name = try cString()
        return Document.Element(name: name, value: try value(of: type))
    }

    private mutating func value(of type: BSONType) throws(BSONError) -> BSONValue {
        switch type {
        case .double: .double(Double(bitPattern: try integer(UInt64.self)))
        case .string: .string(try string())
        case .document: .document(Document(try elements()))
        case .array: .array(try elements().map(\.value))
        case .binary: try binary()
        case .objectID: try objectID()
        case .bool: try bool()
        case .date: .date(Timestamp(milliseconds: try integer(Int64.self)))
        case .null: .null
        case .regex: .regex(pattern: try cString(), options: try cString())
        case .javascript: .javascript(try string())
        case .int32: .int32(try integer(Int32.self))
        case .timestamp: try timestamp()
        case .int64: .int64(try integer(Int64.self))
        case .decimal128: try decimal()
        case .minKey: .minKey
        case .maxKey: .maxKey
        }
    }
}

extension BSONReader {
    private mutating func string() throws(BSONError) -> String {
        let length = Int(try integer(Int32.self))
        guard length >= 1 else { throw .truncated }
        let text = try take(length)
        guard text.last == 0 else { throw .badTerminator }
        return try Self.text(text.dropLast())
    }

    private mutating func cString() throws(BSONError) -> String {
        guard let zero = bytes[position..<end].firstIndex(of: 0) else { throw .truncated }
        let text = try take(zero - position)
        position += 1
        return try Self.text(text)
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(BSONError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badText }
        return text
    }

    private mutating func binary() throws(BSONError) -> BSONValue {
        let length = Int(try integer(Int32.self))
        let subtype = try integer(UInt8.self)
        guard subtype == BinarySubtype.oldGeneric else {
            return .binary(subtype: subtype, bytes: Array(try take(length)))
        }
        let inner = Int(try integer(Int32.self))
        guard inner == length - 4 else { throw .badValue }
        return .binary(subtype: subtype, bytes: Array(try take(inner)))
    }

    private mutating func objectID() throws(BSONError) -> BSONValue {
        guard let id = ObjectID(bytes: Array(try take(12))) else { throw .badValue }
        return .objectID(id)
    }

    private mutating func bool() throws(BSONError) -> BSONValue {
        switch try integer(UInt8.self) {
        case 0: .bool(false)
        case 1: .bool(true)
        default: throw .badValue
        }
    }

    private mutating func timestamp() throws(BSONError) -> BSONValue {
        let increment = try integer(UInt32.self)
        return .timestamp(seconds: try integer(UInt32.self), increment: increment)
    }

    private mutating func decimal() throws(BSONError) -> BSONValue {
        let low = try integer(UInt64.self)
        return .decimal128(Decimal128(high: try integer(UInt64.self), low: low))
    }

    private mutating func integer<Number: FixedWidthInteger>(_: Number.Type) throws(BSONError) -> Number {
        var number = Number.zero
        for (index, byte) in try take(Number.bitWidth / 8).enumerated() {
            number |= Number(truncatingIfNeeded: byte) << (8 * index)
        }
        return number
    }

    private mutating func take(_ count: Int) throws(BSONError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= end - position else { throw .truncated }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
