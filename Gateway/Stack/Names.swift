/// What may name a function, a variable or a secret.
package enum Names {
    /// A DNS label: up to 63 lower-case letters, digits and inner hyphens.
    static func isFunction(_ name: String) -> Bool {
        let bytes = name.utf8
        guard (1...63).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
        return bytes.allSatisfy { isLower($0) || isDigit($0) || $0 == hyphen }
    }

    /// What an environment can carry and a container platform takes: letters, digits, `_`, `.`, `-`; no digit first.
    static func isVariable(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first), name.utf8.count <= 255 else { return false }
        return name.utf8.allSatisfy { isWord($0) }
    }

    /// A file name: letters, digits, `_`, `.`, `-`, and no dot first.
    package static func isSecret(_ name: String) -> Bool {
        guard (1...253).contains(name.utf8.count), name.utf8.first != UInt8(ascii: ".") else { return false }
        return name.utf8.allSatisfy { isWord($0) }
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isWord(_ byte: UInt8) -> Bool {
        isLower(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || [hyphen, UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
    }

    private static func isLower(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
