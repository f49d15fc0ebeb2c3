/// The frames between gateway and warm worker: a content length in four bytes, then the content.
///
/// Numbers are unsigned, least significant byte first. An invocation is: version, flags, deadline (8), call id, method,
/// path and client address (each behind 2 bytes of length), query (4), fields (count in 2; each a name behind 2 and a
/// value behind 4 bytes of length), body. A reply is: version, flags, status (2), fields, body.
public enum Frame {
    /// The version that both sides must speak.
    public static let version: UInt8 = 1
    /// Bytes of the length that begins a frame.
    public static let prefixLength = 4

    static let isInternal: UInt8 = 1
    static let hasQuery: UInt8 = 2
    static let retires: UInt8 = 1

    /// The content length that the four bytes at `start` give; throws where it is over `limit`, or where they are not there.
    public static func length(prefix: [UInt8], at start: Int = 0, limit: Int) throws(FrameError) -> Int {
        guard prefix.count - start >= prefixLength else { throw .truncated }
        let (low, high) = (Int(prefix[start]) | Int(prefix[start + 1]) << 8, Int(prefix[start + 2]))
        let length = low | high << 16 | Int(prefix[start + 3]) << 24
        guard length <= limit else { throw .tooLong(length: length, limit: limit) }
        return length
    }

    static func checkVersion(_ reader: inout ByteReader) throws(FrameError) {
        let version = try reader.number(UInt8.self)
        guard version == Self.version else { throw .version(version) }
    }
}
