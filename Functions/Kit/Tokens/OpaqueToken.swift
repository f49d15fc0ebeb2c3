import Cryptography
public import Primitives

/// A token that means nothing by itself: 32 random bytes, in links and answers 43 characters of base64url.
public struct OpaqueToken: Sendable {
    /// The number of bytes in a token.
    public static let length = 32
    /// The number of characters in its text.
    public static let textLength = 43

    private let bytes: [UInt8]

    /// Draws a new token.
    public init(random: some RandomSource) {
        bytes = random.bytes(Self.length)
    }

    /// Reads the text form, exactly as it was written; `nil` for anything else.
    public init?(parsing text: String) {
        guard text.utf8.count == Self.textLength, let bytes = Base64.url.decode(text), bytes.count == Self.length else {
            return nil
        }
        self.bytes = bytes
    }

    /// What its holder gets, once.
    public var text: String { Base64.url.encode(bytes) }

    /// The SHA-256 of the bytes, all that is stored.
    public var digest: [UInt8] { SHA256.hash(bytes) }
}
