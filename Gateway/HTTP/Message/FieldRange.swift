/// Where a part of a head lies in its bytes.
struct ByteRange: Hashable, Sendable {
    private let first: UInt32
    private let last: UInt32

    init(_ start: Int, _ end: Int) {
        first = UInt32(start)
        last = UInt32(end)
    }

    var start: Int { Int(first) }
    var end: Int { Int(last) }
    var count: Int { end - start }
    var indices: Range<Int> { start..<end }
}

/// Where a field's name and value lie in a head's bytes.
struct FieldRange: Hashable, Sendable {
    let name: ByteRange
    let value: ByteRange
}
