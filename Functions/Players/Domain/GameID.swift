/// A game's name in addresses: 1 to 64 small ASCII letters and digits, in words joined by single hyphens.
public struct GameID: Hashable, Sendable, CustomStringConvertible {
    /// The slug.
    public let text: String
    private static let reserved: Set = ["library"]

    /// Takes `text` where it is a slug that is not reserved; `nil` otherwise.
    public init?(parsing text: String) {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard (1...64).contains(text.utf8.count), !Self.reserved.contains(text),
            words.allSatisfy({ word in
                !word.isEmpty && word.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            })
        else { return nil }
        self.text = text
    }

    /// The slug.
    public var description: String { text }
}
