/// What a handler says to a request whose content has not been read yet.
package enum Admission {
    /// Read the content, at most this many bytes (413 beyond), then hand the request over; in the request's own times.
    case accept(bodyLimit: Int, times: RequestTimes = RequestTimes())
    /// Answer this at once; the content is not read.
    case refuse(Response)
}

/// Times of one request that differ from the server's, in milliseconds; `nil` for the server's.
package struct RequestTimes: Equatable, Sendable {
    /// For its content to arrive.
    package var body: Int?
    /// For the client to take something of the answer.
    package var send: Int?

    /// Sets both.
    package init(body: Int? = nil, send: Int? = nil) {
        self.body = body
        self.send = send
    }
}
