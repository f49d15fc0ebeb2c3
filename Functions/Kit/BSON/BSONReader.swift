import Primitives

/// Reads values in the layout of bsonspec.org, version 1.1, never past the end of the document that holds them. Safe to
/// use: it is handed to nobody beyond the call that lends the bytes, and `take` alone says which of them are looked at.
@safe struct BSONReader {
    private static let deepest = 100
    /// A length and a closing zero.
    private static let shortestDocument = 5

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var depth = 0
    /// Where the innermost open document's closing zero is.
    private var end: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
        end = bytes.count
    }

    mutating func wholeDocument() throws(BSONError) -> Document {
        let document = Document(try elements())
        guard unsafe position == bytes.count else { throw .trailingBytes }
        return document
    }

    private mutating func elements() throws(BSONError) -> [Document.Element] {
        let outerEnd = try open()
        var elements: [Document.Element] = []
        while position < end {
            let type = try type()
            elements.append(Document.Element(name: try cString(), value: try value(of: type)))
        }
        try close(outerEnd)
        return elements
    }

    /// An array is a document whose names count from 0; nobody looks at them.
    private mutating func values() throws(BSONError) -> [BSONValue] {
        let outerEnd = try open()
        var values: [BSONValue] = []
        while position < end {
            let type = try type()
            unsafe _ = try cStringBytes()
            values.append(try value(of: type))
        }
        try close(outerEnd)
        return values
    }

    /// Goes into a document and gives where the one around it ends.
    private mutating func open() throws(BSONError) -> Int {
        let outerEnd = end
        depth += 1
        guard depth <= Self.deepest else { throw .tooDeep }
        let start = position
        let length = Int(try integer(Int32.self))
        guard length >= Self.shortestDocument, length <= end - start else { throw .truncated }
        end = start + length - 1
        return outerEnd
    }

    private mutating func close(_ outerEnd: Int) throws(BSONError) {
        guard position == end, unsafe bytes[position] == 0 else { throw .badTerminator }
        position += 1
        depth -= 1
        end = outerEnd
    }

    private mutating func type() throws(BSONError) -> BSONType {
        let byte = try integer(UInt8.self)
        guard let type = BSONType(rawValue: byte) else { throw byte == 0 ? .badTerminator : .unsupportedType(byte) }
        return type
    }

    private mutating func value(of type: BSONType) throws(BSONError) -> BSONValue {
        switch type {
        case .double: .double(Double(bitPattern: try integer(UInt64.self)))
        case .string: .string(try string())
        case .document: .document(Document(try elements()))
        case .array: .array(try values())
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
        let text = unsafe try take(length)
        guard unsafe text.last == 0 else { throw .badTerminator }
        return unsafe try Self.text(UnsafeRawBufferPointer(rebasing: text.dropLast()))
    }

    private mutating func cString() throws(BSONError) -> String {
        unsafe try Self.text(cStringBytes())
    }

    private mutating func cStringBytes() throws(BSONError) -> UnsafeRawBufferPointer {
        var zero = position
        while zero < end, unsafe bytes[zero] != 0 { zero += 1 }
        guard zero < end else { throw .truncated }
        let text = unsafe try take(zero - position)
        position += 1
        return unsafe text
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) throws(BSONError) -> String {
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else { throw .badText }
        return text
    }

    private mutating func binary() throws(BSONError) -> BSONValue {
        let length = Int(try integer(Int32.self))
        let subtype = try integer(UInt8.self)
        guard subtype == BinarySubtype.oldGeneric else {
            return unsafe .binary(subtype: subtype, bytes: Array(try take(length)))
        }
        let inner = Int(try integer(Int32.self))
        guard inner == length - 4 else { throw .badValue }
        return unsafe .binary(subtype: subtype, bytes: Array(try take(inner)))
    }

    private mutating func objectID() throws(BSONError) -> BSONValue {
        guard let id = unsafe ObjectID(bytes: Array(try take(12))) else { throw .badValue }
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

    private mutating func integer<Number: FixedWidthInteger & BitwiseCopyable>(
        _: Number.Type
    ) throws(BSONError) -> Number {
        let number = unsafe try take(Number.bitWidth / 8).loadUnaligned(as: Number.self)
        return Number(littleEndian: number)
    }

    private mutating func take(_ count: Int) throws(BSONError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= end - position else { throw .truncated }
        defer { position += count }
        return unsafe UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }
}
