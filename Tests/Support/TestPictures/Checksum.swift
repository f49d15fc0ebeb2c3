/// The sums that tell broken bytes.
enum Checksum {
    /// As PNG's chunks end with (ISO 3309).
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
        }
    }

    /// As zlib's streams end with (RFC 1950).
    static func adler32(_ bytes: [UInt8]) -> [UInt8] {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return pair(high, low)
    }

    /// The same of nothing but zeros.
    static func adler32(zeros count: Int) -> [UInt8] {
        pair(UInt32(count % 65_521), 1)
    }

    private static func pair(_ high: UInt32, _ low: UInt32) -> [UInt8] {
        [UInt8(high >> 8), UInt8(high & 0xff), UInt8(low >> 8), UInt8(low & 0xff)]
    }
}
