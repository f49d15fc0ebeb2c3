package import GatewayEventLoop
package import Platform

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on an event loop; it lives on that loop's thread.
package final class HTTPServer {
    private let loop: EventLoop
    private let limits: HTTPLimits
    private let handler: any RequestHandler
    /// Connections that are open.
    package private(set) var openConnections = 0

    /// Makes a server that hears nothing yet.
    package init(loop: EventLoop, limits: HTTPLimits = HTTPLimits(), handler: any RequestHandler) {
        self.loop = loop
        self.limits = limits
        self.handler = handler
    }

    /// Begins to accept connections on a numeric IPv4 or IPv6 address; port 0 takes a free one. Returns the port.
    package func listen(host: String, port: UInt16) throws(SystemError) -> UInt16 {
        port
    }

    /// Accepts no more, lets what is being answered finish for `milliseconds`, cuts the rest, then calls `then`.
    package func drain(within milliseconds: Int, then: @escaping () -> Void) {
        then()
    }
}
