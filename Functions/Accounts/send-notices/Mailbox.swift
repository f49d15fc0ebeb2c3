/// A sender: a bare address, with or without a name before it (RFC 5322, 3.4).
struct Mailbox: Equatable {
    /// The name; `nil` where there is none.
    let name: String?
    /// The bare address.
    let address: String

    /// Reads `address` or `name <address>`; `nil` for any other form and for anything that would need quoting.
    init?(parsing text: String) {
        var name = ""
        var address = Substring(text)
        if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
            name = String(text[..<start].reversed().drop { $0 == " " }.reversed())
            address = text[text.index(after: start)...].dropLast()
        }
        guard Self.isAddress(address), name.utf8.count <= 100, name.unicodeScalars.allSatisfy(Self.isPlain) else {
            return nil
        }
        self.name = name.isEmpty ? nil : name
        self.address = String(address)
    }

    /// What stands behind the `@`.
    var domain: Substring {
        address.split(separator: "@").last ?? ""
    }

    private static func isAddress(_ text: Substring) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let signs = Set("!#$%&'*+-/=?^_`{|}~".utf8)
        return parts.count == 2 && text.utf8.count <= 254
            && parts.allSatisfy { part in
                part.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                    !label.isEmpty && label.utf8.allSatisfy { isLetterOrDigit($0) || signs.contains($0) }
                }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0x7f && !"<>\"\\".unicodeScalars.contains(scalar)
            && !(0x80...0x9f).contains(scalar.value)
    }
}
