/// How a request's content is delimited (RFC 9112, section 6).
package enum ContentLength: Hashable, Sendable {
    /// The request has no content.
    case none
    /// Content-Length gave the number of bytes.
    case fixed(Int)
    /// Transfer-Encoding: chunked.
    case chunked
}
