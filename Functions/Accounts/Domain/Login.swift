/// The name that an account is known by: 3 to 64 ASCII letters, digits and `. _ - @ +`.
public struct Login: Sendable, CustomStringConvertible {
    /// How many characters a login may have.
    public static let lengths = 3...64

    /// The spelling that the owner chose.
    public let text: String
    /// The spelling in lower case: logins that agree in it are the same login.
    public let folded: String

    /// Takes `text` where it is a login; `nil` otherwise.
    public init?(parsing text: String) {
        let characters = text.utf8
        guard Self.lengths.contains(characters.count), characters.allSatisfy(Self.allows) else { return nil }
        self.text = text
        folded = String(decoding: characters.map(Self.lowered), as: UTF8.self)
    }

    /// The owner's spelling.
    public var description: String { text }

    private static func allows(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            ".-_@+".utf8.contains(character)
        }
    }

    private static func lowered(_ character: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character) ? character + 32 : character
    }
}

extension Login: Hashable {
    /// Whether both name the same account, whatever their case.
    public static func == (left: Login, right: Login) -> Bool {
        left.folded == right.folded
    }

    /// Feeds the folded spelling alone, as equality compares it.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(folded)
    }
}
