/// Where else a player can be found; handles are checked by their form alone, nobody is asked.
public enum Handle: String, CaseIterable, Sendable {
    case discord, steam, twitch

    /// Whether `text` has the form of a handle there.
    public func accepts(_ text: String) -> Bool {
        let characters = Array(text.utf8)
        switch self {
        case .discord:
            return (2...32).contains(characters.count) && !text.contains("..")
                && characters.allSatisfy { Self.isLower($0) || Self.isDigit($0) || $0 == 95 || $0 == 46 }
        case .steam:
            return (3...32).contains(characters.count) && characters.allSatisfy { Self.isWord($0) || $0 == 45 }
        case .twitch:
            return (4...25).contains(characters.count) && characters.allSatisfy(Self.isWord) && characters[0] != 95
        }
    }

    private static func isLower(_ character: UInt8) -> Bool { (97...122).contains(character) }
    private static func isDigit(_ character: UInt8) -> Bool { (48...57).contains(character) }

    private static func isWord(_ character: UInt8) -> Bool {
        isLower(character) || isDigit(character) || (65...90).contains(character) || character == 95
    }
}
