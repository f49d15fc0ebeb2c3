/// The field by which a call is followed through many programs (W3C Trace Context, section 3.2).
enum TraceParent {
    /// True for version, trace id, parent id and flags in lower-case hexadecimal, no id of zeros alone; what a later
    /// version appends may follow.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 55 || bytes.count > 55 && bytes.count <= 256 && bytes[55] == dash && !text.hasPrefix("00")
        else { return false }
        for (index, byte) in bytes.prefix(55).enumerated() {
            guard [2, 35, 52].contains(index) ? byte == dash : isHexadecimal(byte) else { return false }
        }
        let isPrintable = bytes.allSatisfy { (0x21...0x7e).contains($0) }
        return isPrintable && !text.hasPrefix("ff") && hasDigit(bytes[3..<35]) && hasDigit(bytes[36..<52])
    }

    private static let dash = UInt8(ascii: "-")

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte)
    }

    private static func hasDigit(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.contains { $0 != UInt8(ascii: "0") }
    }
}
