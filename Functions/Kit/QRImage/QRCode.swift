/// QR codes (ISO/IEC 18004) in byte mode with error correction level M.
public enum QRCode {
    /// The longest text in bytes: what version 40 holds at level M.
    public static let longest = 2331

    /// The code of `text` as a PNG, black on white, 1 bit deep, with a quiet zone.
    public static func png(_ text: String) throws(QRError) -> [UInt8] {
        try Bilevel(drawing: Symbol(encoding: text)).png()
    }

    /// The code of `text` for a terminal: two rows of modules in each line, black on white with the quiet zone, whatever
    /// the terminal's own colours are; each line ends with a newline.
    public static func terminal(_ text: String) throws(QRError) -> String {
        try Symbol(encoding: text).halfBlocks
    }
}
