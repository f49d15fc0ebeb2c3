/// Base 32 (RFC 4648, section 6), without padding, as otpauth URIs want it.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// One upper-case character for every five bits.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: BitPacking.groups(of: 5, in: bytes).map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The bytes that `text` stands for, either case; `nil` for a character or an ending that no encoder writes.
    public static func decode(_ text: String) -> [UInt8]? {
        var groups: [UInt8] = []
        for character in text.utf8 {
            let upper = (97...122).contains(character) ? character - 32 : character
            guard let value = alphabet.firstIndex(of: upper) else { return nil }
            groups.append(UInt8(value))
        }
        return BitPacking.bytes(from: groups, width: 5)
    }
}
