/// Appends the numbers and strings of a frame, least significant byte first.
struct ByteWriter {
    private(set) var bytes: [UInt8]

    init(reserving capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity + Frame.prefixLength)
        number(UInt32(0))
    }

    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// A string behind its length in two bytes; what is longer than 65,535 bytes is cut.
    mutating func shortString(_ text: String) {
        let utf8 = text.utf8
        guard utf8.count > Int(UInt16.max) else {
            number(UInt16(utf8.count))
            bytes.append(contentsOf: utf8)
            return
        }
        number(UInt16.max)
        bytes.append(contentsOf: utf8.prefix(Int(UInt16.max)))
    }

    /// A string behind its length in four bytes.
    mutating func string(_ text: String) {
        number(UInt32(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// Bytes behind their length in two bytes; what is longer than 65,535 bytes is cut.
    mutating func shortBytes(_ span: Span<UInt8>) {
        let count = min(span.count, Int(UInt16.max))
        number(UInt16(count))
        append(span.extracting(first: count))
    }

    /// Bytes behind their length in four bytes.
    mutating func longBytes(_ span: Span<UInt8>) {
        number(UInt32(span.count))
        append(span)
    }

    mutating func fields(_ fields: [HeaderField]) {
        number(UInt16(fields.count))
        for field in fields {
            shortString(field.name)
            string(field.value)
        }
    }

    /// Overwrites two bytes that were written before.
    mutating func patch(_ number: UInt16, at offset: Int) {
        bytes[offset] = UInt8(truncatingIfNeeded: number)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: number >> 8)
    }

    /// The frame: the content's length in four bytes, then what was appended, then `body`.
    consuming func frame(endingWith body: [UInt8]) -> [UInt8] {
        bytes.append(contentsOf: body)
        let length = UInt32(bytes.count - Frame.prefixLength)
        for index in 0..<Frame.prefixLength { bytes[index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index))) }
        return bytes
    }

    private mutating func append(_ span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
}
