/// What a server takes from its clients, and how long it waits for them.
package struct HTTPLimits: Sendable {
    /// Bytes of a request line, beyond which the answer is 414.
    package var requestLine = 8 * 1024
    /// Bytes of a request's line and fields together, beyond which the answer is 431.
    package var headBytes = 32 * 1024
    /// Fields of a request, beyond which the answer is 431.
    package var fieldCount = 100
    /// Milliseconds for a request's line and fields (408), and for the first byte on a new connection.
    package var headTimeout = 10_000
    /// Milliseconds for a request's content (408), beside one second for each `slowestBody` bytes that came.
    package var bodyTimeout = 60_000
    /// Bytes a second of content that earn more time.
    package var slowestBody = 4 * 1024
    /// Milliseconds for which a connection may wait for its next request.
    package var idleTimeout = 75_000
    /// Milliseconds for which a client may take nothing of its answer.
    package var sendTimeout = 60_000
    /// Milliseconds for which a closing connection reads on, so that its client sees the last answer.
    package var lingerTimeout = 3_000
    /// Connections served at a time; the next ones are answered 503.
    package var connections = 4096
    /// Bytes read ahead while a request is being handled.
    package var readAhead = 16 * 1024
    /// Bytes of content that are read and dropped to keep a connection whose request was refused.
    package var discardedBody = 64 * 1024
    /// Bytes that a stream may hold for a client that does not take them; the connection is cut beyond.
    package var streamBuffer = 1024 * 1024

    /// The defaults.
    package init() {}
}
