/// A text in which nothing changes how what stands around it is shown.
public enum DisplayText {
    /// The same text with controls made visible: those of direction (UAX #9, section 2) as U+FFFD, others as their
    /// pictures; line feeds and tabs stay.
    public static func neutralised(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { picture(of: $0) != nil }) else { return text }
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { shown.append(picture(of: scalar) ?? scalar) }
        return String(shown)
    }

    private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x09, 0x0A: nil
        case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: "\u{2421}"
        case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: "\u{FFFD}"
        default: nil
        }
    }
}
