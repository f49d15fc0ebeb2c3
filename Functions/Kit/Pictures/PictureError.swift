/// Why a picture could not be read or written.
public enum PictureError: Error, Equatable, CustomStringConvertible {
    /// The bytes are no PNG, or a broken one.
    case notPNG
    /// It is wider, higher, or of more pixels than is read.
    case tooLarge
    /// Memory is gone.
    case failed

    /// One sentence for an operator.
    public var description: String {
        switch self {
        case .notPNG: "the bytes are not a PNG"
        case .tooLarge: "the picture has too many pixels"
        case .failed: "the picture could not be worked on"
        }
    }
}
