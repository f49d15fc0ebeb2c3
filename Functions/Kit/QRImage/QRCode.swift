/// QR codes (ISO/IEC 18004) in byte mode with error correction level M.
public enum QRCode {
    /// The longest text in bytes: what version 40 holds at level M.
    public static let longest = 2331

    /// The code of `text` as a PNG, black on white, 1 bit deep, with a quiet zone.
    public static func png(_ text: String) throws(QRError) -> [UInt8] {
        throw .failed
    }

    /// The code of `text` in half blocks for a terminal, lines that end with newlines.
    public static func terminal(_ text: String) throws(QRError) -> String {
        throw .failed
    }
}
