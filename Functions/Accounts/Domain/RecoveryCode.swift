public import Primitives

/// A code that stands in for the second factor once: 80 random bits, written as 16 base32 characters.
public struct RecoveryCode: Hashable, Sendable {
    /// How many codes come with a set of credentials.
    public static let setSize = 10
    /// The number of characters in a code.
    public static let length = 16

    private static let longestInput = 64

    /// The canonical spelling, upper case and without separators: what is hashed and compared.
    public let text: String

    /// Draws a new code.
    public init(random: some RandomSource) {
        text = Base32.encode(random.bytes(Self.length * 5 / 8))
    }

    /// Reads what a person typed, in either case and with spaces or hyphens anywhere; `nil` where it is no code.
    public init?(parsing typed: String) {
        guard typed.utf8.count <= Self.longestInput else { return nil }
        let characters = typed.utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        guard characters.count == Self.length,
            let bytes = Base32.decode(String(decoding: characters, as: UTF8.self))
        else { return nil }
        text = Base32.encode(bytes)
    }

    /// A whole set of new codes.
    public static func makeSet(random: some RandomSource) -> [RecoveryCode] {
        (0..<setSize).map { _ in RecoveryCode(random: random) }
    }
}
