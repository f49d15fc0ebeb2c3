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

    /// The content length that the four bytes of a prefix give; throws where it is over `limit`.
    public static func length(prefix: some Sequence<UInt8>, limit: Int) throws(FrameError) -> Int {
        var length = 0
        for (index, byte) in prefix.prefix(prefixLength).enumerated() { length |= Int(byte) << (8 * index) }
        guard length <= limit else { throw .tooLong(length: length, limit: limit) }
        return length
    }

    static func checkVersion(_ reader: inout ByteReader) throws(FrameError) {
        let version = try reader.number(UInt8.self)
        guard version == Self.version else { throw .version(version) }
    }
}
