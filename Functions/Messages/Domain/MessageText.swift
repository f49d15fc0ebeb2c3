/// What somebody writes to others: 1 to 2000 code points, none of them U+0000, kept as they are.
public struct MessageText: Hashable, Sendable {
    /// How many code points a message may have.
    public static let lengths = 1...2000

    /// The text as it was written.
    public let text: String

    /// Takes `text` where it is a message; `nil` otherwise.
    public init?(parsing text: String) {
        let scalars = text.unicodeScalars
        guard Self.lengths.contains(scalars.count), scalars.allSatisfy({ $0 != "\0" }) else { return nil }
        self.text = text
    }
}
