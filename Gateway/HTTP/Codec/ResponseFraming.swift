/// How an answer is sent: what follows from the request and the connection rather than from the handler.
struct ResponseFraming {
    /// How the answer's content is delimited (RFC 9112, section 6.3).
    enum Body {
        /// All of it is known: Content-Length.
        case whole
        /// It comes bit by bit: chunked.
        case chunked
        /// It comes bit by bit, up to the connection's end.
        case untilClose
    }

    /// True where the request was a HEAD: no content is sent.
    var isHead = false
    /// True where the client speaks HTTP/1.0: an open connection must be announced.
    var isHTTP10 = false
    /// True where the connection closes after this answer.
    var closes = false
    var body = Body.whole

    /// True where the status or the method keeps content from being sent.
    func isBodiless(_ status: Int) -> Bool {
        isHead || status == 204 || status == 304
    }
}
