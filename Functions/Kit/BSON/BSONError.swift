/// Why bytes are not a BSON document that this library takes.
public enum BSONError: Error, Equatable, Sendable {
    /// The bytes end before what their lengths promise, or a length is not possible.
    case truncated
    /// There are bytes after the document's end.
    case trailingBytes
    /// A terminating zero is missing, or the document's length and its end disagree.
    case badTerminator
    /// A name or string is not UTF-8.
    case badText
    /// A value has bytes that no encoder writes for its type.
    case badValue
    /// An element has a type that is unknown or that MongoDB has given up.
    case unsupportedType(UInt8)
    /// Documents and arrays lie in one another deeper than 100 levels.
    case tooDeep
}
