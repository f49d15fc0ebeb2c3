import Primitives

/// Appends values in the layout of bsonspec.org, version 1.1.
struct BSONWriter {
    private(set) var bytes: [UInt8] = []

    mutating func document(_ document: Document) {
        framed { writer in
            for element in document.elements { writer.element(element.name, element.value) }
        }
    }

    private mutating func array(_ values: [BSONValue]) {
        framed { writer in
            for (index, value) in values.enumerated() { writer.element(String(index), value) }
        }
    }

    private mutating func element(_ name: String, _ value: BSONValue) {
        bytes.append(BSONType(of: value).rawValue)
        cString(name)
        content(of: value)
    }

    private mutating func content(of value: BSONValue) {
        switch value {
        case .double(let number): integer(number.bitPattern)
        case .string(let text), .javascript(let text): string(text)
        case .document(let value): document(value)
        case .array(let values): array(values)
        case .binary(let subtype, let content): binary(subtype, content)
        case .objectID(let id): bytes += id.bytes
        case .bool(let bool): bytes.append(bool ? 1 : 0)
        case .date(let date): integer(date.milliseconds)
        case .regex(let pattern, let options): [pattern, options].forEach { cString($0) }
        case .int32(let number): integer(number)
        case .timestamp(let seconds, let increment): [increment, seconds].forEach { integer($0) }
        case .int64(let number): integer(number)
        case .decimal128(let number): [number.low, number.high].forEach { integer($0) }
        case .null, .minKey, .maxKey: break
        }
    }

    private mutating func string(_ text: String) {
        integer(Int32(truncatingIfNeeded: text.utf8.count + 1))
        bytes += text.utf8
        bytes.append(0)
    }

    private mutating func cString(_ text: String) {
        if text.utf8.contains(0) {
            for byte in text.utf8 { bytes += byte == 0 ? Array("\u{FFFD}".utf8) : [byte] }
        } else {
            bytes += text.utf8
        }
        bytes.append(0)
    }

    private mutating func binary(_ subtype: UInt8, _ content: [UInt8]) {
        let isOld = subtype == BinarySubtype.oldGeneric
        integer(Int32(truncatingIfNeeded: content.count + (isOld ? 4 : 0)))
        bytes.append(subtype)
        if isOld { integer(Int32(truncatingIfNeeded: content.count)) }
        bytes += content
    }

    private mutating func integer(_ number: some FixedWidthInteger) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Writes what `content` writes between its length and a closing zero.
    private mutating func framed(_ content: (inout BSONWriter) -> Void) {
        let start = bytes.count
        integer(Int32(0))
        content(&self)
        bytes.append(0)
        let length = UInt32(truncatingIfNeeded: bytes.count - start)
        for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index)) }
    }
}
