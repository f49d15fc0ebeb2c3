/// The Host field and a target's authority (RFC 9110, section 7.2; RFC 3986, section 3.2.2), without user information.
enum Host {
    /// True for an empty value, or a host with an optional port.
    static func isValid(_ bytes: Span<UInt8>, _ range: ByteRange) -> Bool {
        guard range.count > 0 else { return true }
        guard let end = hostEnd(bytes, range) else { return false }
        guard end < range.end else { return true }
        guard end > range.start, bytes[end] == UInt8(ascii: ":") else { return false }
        return (end + 1..<range.end).allSatisfy { ByteClass.isDigit(bytes[$0]) }
    }

    private static func hostEnd(_ bytes: Span<UInt8>, _ range: ByteRange) -> Int? {
        var end = range.start
        guard bytes[end] == UInt8(ascii: "[") else {
            while end < range.end, isNameByte(bytes[end]) { end += 1 }
            return end
        }
        end += 1
        while end < range.end, isAddressByte(bytes[end]) { end += 1 }
        return end < range.end && bytes[end] == UInt8(ascii: "]") ? end + 1 : nil
    }

    /// Hexadecimal digits, colons and dots.
    private static func isAddressByte(_ byte: UInt8) -> Bool {
        ByteClass.hexValue(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// Unreserved bytes, sub-delimiters and the percent sign.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        let mask: UInt64 = byte < 64 ? 0x2bff_7ff2_0000_0000 : 0x47ff_fffe_87ff_fffe
        return byte < 128 && mask >> UInt64(byte & 63) & 1 == 1
    }
}
