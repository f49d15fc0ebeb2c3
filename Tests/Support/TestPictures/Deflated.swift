/// Bytes as zlib packs them (RFC 1950 and 1951), in the two simplest ways.
enum Deflated {
    /// The bytes as they are.
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = [0x78, 0x01]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(0xffff)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            packed.append(rest.isEmpty ? 1 : 0)
            for number in [length, ~length] { packed += [UInt8(number & 0xff), UInt8(number >> 8)] }
            packed += block
        } while !rest.isEmpty
        return packed + Checksum.adler32(bytes)
    }

    /// That many zeros: one, then copies of it, 258 at a time, with the fixed codes.
    static func zeros(_ count: Int) -> [UInt8] {
        var bits = Bits()
        bits.append(0b011, 3)
        bits.appendCode(0b0011_0000, 8)
        var left = count - 1
        while left >= 258 {
            bits.appendCode(0b1100_0101, 8)
            bits.appendCode(0, 5)
            left -= 258
        }
        for _ in 0..<left { bits.appendCode(0b0011_0000, 8) }
        bits.appendCode(0, 7)
        return [0x78, 0x01] + bits.bytes + Checksum.adler32(zeros: count)
    }

    private struct Bits {
        private(set) var bytes: [UInt8] = []
        private var used = 8

        mutating func append(_ value: UInt, _ count: Int) {
            for index in 0..<count { append(value >> UInt(index) & 1 == 1) }
        }

        /// A Huffman code goes in with its first bit first.
        mutating func appendCode(_ code: UInt, _ length: Int) {
            for index in (0..<length).reversed() { append(code >> UInt(index) & 1 == 1) }
        }

        private mutating func append(_ bit: Bool) {
            if used == 8 {
                bytes.append(0)
                used = 0
            }
            if bit { bytes[bytes.count - 1] |= 1 << UInt8(used) }
            used += 1
        }
    }
}
