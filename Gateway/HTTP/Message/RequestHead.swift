/// A request's line and fields, checked against RFC 9112: one copy of their bytes, made into strings when asked for.
package struct RequestHead: Sendable {
    /// The method, a token, as received.
    package let method: String
    /// True for HTTP/1.0, false for HTTP/1.1.
    package let isHTTP10: Bool
    /// True where the client wants the connection to stay open after the answer.
    package let keepsAlive: Bool
    /// How the content is delimited.
    package let content: ContentLength
    /// True where the client waits for `100 Continue` before it sends the content.
    package let expectsContinue: Bool

    let bytes: [UInt8]
    let pathRange: ByteRange
    let queryRange: ByteRange?
    let fieldRanges: [FieldRange]

    /// The path as received, percent-encoded; begins with `/`, or is `*` for OPTIONS.
    package var path: String { text(pathRange) }

    /// What follows `?`, percent-encoded; `nil` where there was none.
    package var query: String? { queryRange.map(text) }

    /// How many fields there are; those with an underscore in their name have been left out.
    package var fieldCount: Int { fieldRanges.count }

    /// Every field in the order received; names are in lower case, values UTF-8.
    package var headers: [HTTPField] {
        fieldRanges.map { HTTPField(text($0.name), text($0.value)) }
    }

    /// The value of the first field with that name, which must be in lower case.
    package func header(_ lowerName: String) -> String? {
        fieldRanges.first { matches($0.name, lowerName) }.map { text($0.value) }
    }

    /// The values of every field with that (lower-case) name, in the order received.
    package func values(of lowerName: String) -> [String] {
        fieldRanges.filter { matches($0.name, lowerName) }.map { text($0.value) }
    }

    private func text(_ range: ByteRange) -> String {
        String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    }

    private func matches(_ range: ByteRange, _ name: String) -> Bool {
        range.count == name.utf8.count && bytes[range.start..<range.end].elementsEqual(name.utf8)
    }
}
