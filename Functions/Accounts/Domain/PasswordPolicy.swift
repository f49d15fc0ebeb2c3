public import Primitives

/// What a generated password is made of: 24 characters that nobody mistakes for another when typing them off.
public enum PasswordPolicy {
    /// The number of characters in a password.
    public static let length = 24

    /// The 84 allowed characters: printable ASCII without look-alikes, quotes and the backslash.
    public static let alphabet: [UInt8] = (0x21...0x7e).filter { !excluded.contains($0) }

    private static let excluded = Set("O0Il1|\"'`\\".utf8)

    /// A password in ASCII with all four classes in it, each such password equally likely.
    ///
    /// One that lacks a class is thrown away whole: putting a character in place would favour some passwords.
    public static func generate(random: some RandomSource) -> [UInt8] {
        while true {
            let candidate = (0..<length).map { _ in alphabet[random.index(below: alphabet.count)] }
            if allows(candidate) { return candidate }
        }
    }

    /// Whether `password` could have come from ``generate(random:)``.
    public static func allows(_ password: [UInt8]) -> Bool {
        password.count == length
            && password.allSatisfy(alphabet.contains)
            && Set(password.map(CharacterClass.init(of:))).count == CharacterClass.allCases.count
    }
}

/// The four kinds of characters, each of which a password has at least one of.
enum CharacterClass: CaseIterable {
    case upper
    case lower
    case digit
    case other

    init(of character: UInt8) {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .upper
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .lower
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
        default: self = .other
        }
    }
}
