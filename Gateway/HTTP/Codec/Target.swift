/// A request target (RFC 9112, section 3.2): origin form, absolute form, or `*` for OPTIONS.
struct Target {
    private let range: ByteRange
    private(set) var path: ByteRange
    private(set) var query: ByteRange?
    private(set) var authority: ByteRange?

    init(_ bytes: Span<UInt8>, _ range: ByteRange) {
        self.range = range
        path = range
    }

    mutating func parse(_ bytes: Span<UInt8>, method: String) throws(Refusal) {
        var isAllowed = true
        for index in range.indices where !ByteClass.isTarget(bytes[index]) { isAllowed = false }
        guard isAllowed else { throw .badTarget }
        if method == "CONNECT" { throw .noTunnels }
        if bytes[range.start] == UInt8(ascii: "/") { return splitQuery(bytes, from: range.start) }
        if range.count == 1, bytes[range.start] == UInt8(ascii: "*"), method == "OPTIONS" { return }
        try parseAbsolute(bytes)
    }

    private mutating func splitQuery(_ bytes: Span<UInt8>, from start: Int) {
        var end = start
        while end < range.end, bytes[end] != UInt8(ascii: "?") { end += 1 }
        path = ByteRange(start, end)
        query = end < range.end ? ByteRange(end + 1, range.end) : nil
    }

    private mutating func parseAbsolute(_ bytes: Span<UInt8>) throws(Refusal) {
        guard let start = schemeEnd(bytes) else { throw .badTarget }
        var end = start
        while end < range.end, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") { end += 1 }
        let authority = ByteRange(start, end)
        guard authority.count > 0, Host.isValid(bytes, authority) else { throw .badTarget }
        self.authority = authority
        guard end == range.end || bytes[end] == UInt8(ascii: "?") else { return splitQuery(bytes, from: end) }
        splitQuery(bytes, from: end)
        // An empty path stands for `/`, and the scheme has one to lend.
        path = ByteRange(start - 1, start)
    }

    private func schemeEnd(_ bytes: Span<UInt8>) -> Int? {
        for scheme in ["http://", "https://"] as [StaticString] {
            let end = range.start + scheme.utf8CodeUnitCount
            if end <= range.end, bytes.equals(scheme, in: ByteRange(range.start, end)) { return end }
        }
        return nil
    }
}
