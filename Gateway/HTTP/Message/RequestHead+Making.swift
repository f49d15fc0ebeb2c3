extension RequestHead {
    /// Makes a head from its parts, for callers that have none from the wire; names must be in lower case.
    package init(
        method: String, path: String, query: String? = nil, headers: [HTTPField] = [], isHTTP10: Bool = false,
        keepsAlive: Bool = true, content: ContentLength = .none
    ) {
        var bytes = Array(path.utf8)
        let pathRange = ByteRange(0, bytes.count)
        let queryRange = query.map { bytes.appendRange($0) }
        let fieldRanges = headers.map { field in
            FieldRange(name: bytes.appendRange(field.name), value: bytes.appendRange(field.value))
        }
        self.init(
            method: method, isHTTP10: isHTTP10, keepsAlive: keepsAlive, content: content, expectsContinue: false,
            bytes: bytes, pathRange: pathRange, queryRange: queryRange, fieldRanges: fieldRanges)
    }
}

extension [UInt8] {
    /// Appends a text and tells where it lies.
    fileprivate mutating func appendRange(_ text: String) -> ByteRange {
        let start = count
        append(contentsOf: text.utf8)
        return ByteRange(start, count)
    }
}
