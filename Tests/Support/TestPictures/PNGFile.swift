/// A PNG put together by hand (RFC 2083), so that it can be odd.
public struct PNGFile: Sendable {
    /// What stands between the head and the picture.
    public var chunks: [(type: String, content: [UInt8])] = []
    private let head: [UInt8]
    private let packed: [UInt8]

    /// A picture of one colour: red, green, blue, alpha, eight bits each; an interlaced one is of a single pixel.
    public init(width: Int, height: Int, _ colour: [UInt8], isInterlaced: Bool = false) {
        let row: [UInt8] = [0] + Array(repeatElement(colour, count: width).joined())
        self.init(
            width: width, height: height, isInterlaced: isInterlaced,
            rows: Array(repeatElement(row, count: height).joined()))
    }

    /// A picture whose rows are given as they are packed, each behind its filter's number.
    public init(
        width: Int, height: Int, depth: UInt8 = 8, kind: UInt8 = 6, isInterlaced: Bool = false, rows: [UInt8]
    ) {
        head = Self.head(width, height, depth, kind, isInterlaced)
        packed = Deflated.stored(rows)
    }

    /// A picture of nothing but zeros, packed as small as can be.
    public init(emptyOfWidth width: Int, height: Int) {
        head = Self.head(width, height, 8, 6, false)
        packed = Deflated.zeros((width * 4 + 1) * height)
    }

    /// A head that promises more than there is.
    public init(claimingWidth width: Int, height: Int) {
        head = Self.head(width, height, 8, 6, false)
        packed = Deflated.zeros(64)
    }

    /// The file.
    public var bytes: [UInt8] {
        let parts = [("IHDR", head)] + chunks.map { ($0.type, $0.content) } + [("IDAT", packed), ("IEND", [])]
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + parts.flatMap { Self.chunk($0.0, $0.1) }
    }

    private static func head(
        _ width: Int, _ height: Int, _ depth: UInt8, _ kind: UInt8, _ isInterlaced: Bool
    ) -> [UInt8] {
        number(UInt32(width)) + number(UInt32(height)) + [depth, kind, 0, 0, isInterlaced ? 1 : 0]
    }

    private static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
        let checked = Array(type.utf8) + content
        return number(UInt32(content.count)) + checked + number(Checksum.crc32(checked))
    }

    private static func number(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}
