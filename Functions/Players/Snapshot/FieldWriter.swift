/// Appends numbers, least significant byte first.
struct FieldWriter {
    private(set) var bytes: [UInt8] = []

    mutating func number<Number: FixedWidthInteger>(_ number: Number) {
        unsafe withUnsafeBytes(of: number.littleEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    mutating func numbers(_ numbers: [some FixedWidthInteger]) {
        for each in numbers { number(each) }
    }

    mutating func text(_ text: String) {
        let text = Array(text.utf8)
        number(UInt8(clamping: text.count))
        bytes += text.prefix(255)
    }

    mutating func append(_ more: [UInt8]) {
        bytes += more
    }
}

/// Takes numbers off the front of bytes; throws where they end too soon.
struct FieldReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(SnapshotError) -> Number {
        var number = Number.zero
        for (index, byte) in try take(Number.bitWidth / 8).enumerated() {
            number |= Number(truncatingIfNeeded: byte) << (8 * index)
        }
        return number
    }

    mutating func numbers<Number: FixedWidthInteger>(_ count: Int) throws(SnapshotError) -> [Number] {
        var numbers: [Number] = []
        for _ in 0..<count { numbers.append(try number()) }
        return numbers
    }

    mutating func text() throws(SnapshotError) -> String {
        let count = Int(try number(UInt8.self))
        guard let text = String(validating: try take(count), as: UTF8.self) else { throw .damaged }
        return text
    }

    mutating func take(_ count: Int) throws(SnapshotError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else { throw .damaged }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
