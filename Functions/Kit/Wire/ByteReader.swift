/// Takes the numbers and strings of a frame apart; never reads past its end.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    @inline(__always)
    mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type) throws(FrameError) -> Number {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.endIndex - position else { throw .truncated }
        var number: UInt64 = 0
        for index in 0..<size { number |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += size
        return Number(truncatingIfNeeded: number)
    }

    mutating func shortString() throws(FrameError) -> String {
        try text(Int(number(UInt16.self)))
    }

    mutating func string() throws(FrameError) -> String {
        try text(Int(number(UInt32.self)))
    }

    mutating func fields() throws(FrameError) -> [HeaderField] {
        let count = try number(UInt16.self)
        guard count > 0 else { return [] }
        var fields: [HeaderField] = []
        fields.reserveCapacity(min(Int(count), 64))
        for _ in 0..<count {
            let name = try shortString()
            fields.append(HeaderField(name, try string()))
        }
        return fields
    }

    mutating func rest() -> [UInt8] {
        let rest = Array(bytes[position...])
        position = bytes.endIndex
        return rest
    }

    private mutating func text(_ count: Int) throws(FrameError) -> String {
        guard count <= bytes.endIndex - position else { throw .truncated }
        guard count > 0 else { return "" }
        let start = position - bytes.startIndex
        position += count
        do {
            return String(copying: try UTF8Span(validating: bytes.span.extracting(start..<(start + count))))
        } catch {
            throw .malformed
        }
    }
}
