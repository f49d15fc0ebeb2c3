/// What a player writes about himself.
public enum ProfileText {
    /// The name shown to others: 1 to 40 code points on one line, with something to see at both ends.
    public static func isDisplayName(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard (1...40).contains(scalars.count), let first = scalars.first, let last = scalars.last else { return false }
        return scalars.allSatisfy { !isControl($0) && !isLineBreak($0) } && !first.properties.isWhitespace
            && !last.properties.isWhitespace
    }

    /// A text of at most 1000 code points, over several lines if need be.
    public static func isBio(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.count <= 1000 && scalars.allSatisfy { !isControl($0) || $0 == "\n" || $0 == "\r" || $0 == "\t" }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }

    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        [.lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
