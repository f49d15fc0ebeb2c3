/// An e-mail address that mail can be sent to: one `@`, printable ASCII, at most 254 characters (RFC 5321).
public struct EmailAddress: Hashable, Sendable {
    /// The address.
    public let text: String

    /// Reads an address; `nil` for what no mail server takes, or what would need quoting.
    public init?(parsing text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, Self.isLocalPart(parts[0]), Self.isDomain(parts[1]) else {
            return nil
        }
        self.text = text
    }

    private static func isLocalPart(_ part: Substring) -> Bool {
        let signs = Set("!#$%&'*+-/=?^_`{|}~.".utf8)
        return (1...64).contains(part.utf8.count) && !part.hasPrefix(".") && !part.hasSuffix(".")
            && !part.contains("..") && part.utf8.allSatisfy { isLetterOrDigit($0) || signs.contains($0) }
    }

    private static func isDomain(_ part: Substring) -> Bool {
        let labels = part.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
