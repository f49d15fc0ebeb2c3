/// Regroups a string of bits, most significant first, for the power-of-two bases of RFC 4648.
enum BitPacking {
    /// The groups of `width` bits that `bytes` hold, the last one filled up with zeros.
    static func groups(of width: Int, in bytes: some Sequence<UInt8>) -> [UInt8] {
        var groups: [UInt8] = []
        var buffer: UInt32 = 0
        var held = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            held += 8
            while held >= width {
                held -= width
                groups.append(UInt8(truncatingIfNeeded: buffer >> UInt32(held)) & mask(width))
            }
        }
        if held > 0 { groups.append(UInt8(truncatingIfNeeded: buffer << UInt32(width - held)) & mask(width)) }
        return groups
    }

    /// The whole bytes in `groups` of `width` bits; `nil` where what is left over is not the zero filling of one byte.
    static func bytes(from groups: [UInt8], width: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var held = 0
        for group in groups {
            buffer = buffer << UInt32(width) | UInt32(group)
            held += width
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(held)))
            }
        }
        let leftover = buffer & (1 << UInt32(held) - 1)
        return held < width && leftover == 0 ? bytes : nil
    }

    private static func mask(_ width: Int) -> UInt8 {
        UInt8(1 << width - 1)
    }
}
