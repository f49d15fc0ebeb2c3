/// Why bytes are not a frame of this protocol.
public enum FrameError: Error, Equatable, Sendable {
    /// The frame says that it is longer than the reader allows.
    case tooLong(length: Int, limit: Int)
    /// A field reaches past the end of its frame.
    case truncated
    /// The frame is of another version.
    case version(UInt8)
    /// A text is not UTF-8, or a number is outside its range.
    case malformed
}
