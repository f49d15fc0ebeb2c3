/// What links begin with (`PUBLIC_URL`): `https://accounts.example.org`, or a path there.
public struct PublicURL: Equatable, Sendable {
    /// Without a slash at the end.
    public let text: String

    /// The variable that holds it.
    public static let variable = "PUBLIC_URL"

    private static let schemes = ["http://", "https://"]
    /// A query, a fragment and a user would end up in the middle of links; the others have no place in an address.
    private static let misplaced = Set("?#@\\\"<>".utf8)

    /// Reads it; throws what is wrong with it.
    public init(parsing text: String) throws(Fault) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard trimmed.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let scheme = Self.schemes.first(where: trimmed.hasPrefix),
            let first = trimmed.utf8.dropFirst(scheme.utf8.count).first, first != UInt8(ascii: "/")
        else {
            throw Fault(
                sentence: "\(Self.variable) must begin with http:// or https:// and a host, not \"\(text)\".")
        }
        guard !trimmed.utf8.contains(where: Self.misplaced.contains) else {
            throw Fault(sentence: "\(Self.variable) must be a plain address, without user, query or fragment.")
        }
        self.text = trimmed
    }

    /// Why a text is none.
    public struct Fault: Error, Equatable {
        /// One sentence for the operator.
        public let sentence: String
    }
}
