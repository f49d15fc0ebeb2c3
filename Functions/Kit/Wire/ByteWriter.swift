/// Appends the numbers and strings of a frame, least significant byte first.
struct ByteWriter {
    private(set) var bytes: [UInt8] = [0, 0, 0, 0]

    init(reserving capacity: Int) {
        bytes.reserveCapacity(capacity + 4)
    }

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) {
        var rest = number
        for _ in 0..<MemoryLayout<Number>.size {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest = MemoryLayout<Number>.size > 1 ? rest >> 8 : 0
        }
    }

    /// A string behind its length in two bytes; what is longer than 65,535 bytes is cut.
    mutating func shortString(_ text: String) {
        let utf8 = text.utf8.prefix(Int(UInt16.max))
        number(UInt16(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    /// A string behind its length in four bytes.
    mutating func string(_ text: String) {
        number(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func fields(_ fields: [HeaderField]) {
        number(UInt16(fields.count))
        for field in fields {
            shortString(field.name)
            string(field.value)
        }
    }

    /// The frame: the content's length in four bytes, then what was appended, then `body`.
    consuming func frame(endingWith body: [UInt8]) -> [UInt8] {
        bytes.append(contentsOf: body)
        let length = UInt32(bytes.count - 4)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
        return bytes
    }
}
