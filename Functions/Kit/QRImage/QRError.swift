/// Why no QR code could be made.
public enum QRError: Error, Equatable, CustomStringConvertible {
    /// The text is empty, or longer than the largest symbol holds at level M (2331 bytes).
    case badLength
    /// The library could not encode the text or write the image; memory is gone.
    case failed

    /// One sentence for an operator.
    public var description: String {
        switch self {
        case .badLength: "the text for the QR code is empty or too long"
        case .failed: "the QR code could not be made"
        }
    }
}
