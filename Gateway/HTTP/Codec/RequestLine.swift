/// The first line of a request (RFC 9112, section 3), taken apart.
struct RequestLine {
    let method: String
    let isHTTP10: Bool
    let path: ByteRange
    let query: ByteRange?
    /// The authority of a target in absolute form, which stands for the Host field.
    let authority: ByteRange?

    init(_ bytes: Span<UInt8>, _ line: ByteRange) throws(Refusal) {
        var end = line.start
        while end < line.end, ByteClass.isToken(bytes[end]) { end += 1 }
        guard end > line.start, end < line.end, bytes[end] == ByteClass.space else { throw .badRequestLine }
        method = Self.method(bytes, ByteRange(line.start, end))

        let targetStart = end + 1
        let versionStart = line.end - 8
        guard versionStart - 1 > targetStart, bytes[versionStart - 1] == ByteClass.space else {
            throw .badRequestLine
        }
        isHTTP10 = try Self.isHTTP10(bytes, versionStart)
        var target = Target(bytes, ByteRange(targetStart, versionStart - 1))
        try target.parse(bytes, method: method)
        (path, query, authority) = (target.path, target.query, target.authority)
    }

    private static func method(_ bytes: Span<UInt8>, _ range: ByteRange) -> String {
        switch (range.count, bytes[range.start]) {
        case (3, UInt8(ascii: "G")) where bytes.isExactly("GET", range): "GET"
        case (4, UInt8(ascii: "P")) where bytes.isExactly("POST", range): "POST"
        default: bytes.text(range)
        }
    }

    private static func isHTTP10(_ bytes: Span<UInt8>, _ start: Int) throws(Refusal) -> Bool {
        guard bytes.isExactly("HTTP/", ByteRange(start, start + 5)), ByteClass.isDigit(bytes[start + 5]),
            bytes[start + 6] == UInt8(ascii: "."), ByteClass.isDigit(bytes[start + 7])
        else { throw .badRequestLine }
        guard bytes[start + 5] == UInt8(ascii: "1"), bytes[start + 7] <= UInt8(ascii: "1") else { throw .badVersion }
        return bytes[start + 7] == UInt8(ascii: "0")
    }
}
