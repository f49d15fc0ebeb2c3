package import GatewayEventLoop
package import Platform

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on an event loop; it lives on that loop's thread.
package final class HTTPServer {
    /// Connections over the limit that may wait for their 503; beyond these they are cut.
    private static let reserve = 128

    let loop: EventLoop
    let limits: HTTPLimits
    let handler: any RequestHandler
    let scratch = ReceiveBuffer(capacity: 64 * 1024)
    private(set) var isDraining = false
    private var listeners: [Listener] = []
    private var connections: [Connection] = []
    private var dateField = DateField()
    private var isSweeping = false
    private var drained: (() -> Void)?

    /// Connections that are open.
    package var openConnections: Int { connections.count }

    /// Makes a server that hears nothing yet.
    package init(loop: EventLoop, limits: HTTPLimits = HTTPLimits(), handler: any RequestHandler) {
        self.loop = loop
        self.limits = limits
        self.handler = handler
    }

    deinit {
        for listener in listeners { listener.stop() }
    }

    /// Begins to accept connections on a numeric IPv4 or IPv6 address; port 0 takes a free one. Returns the port.
    package func listen(host: String, port: UInt16) throws(SystemError) -> UInt16 {
        let listener = try Listener(self, host: host, port: port)
        try listener.start()
        listeners.append(listener)
        startSweeping()
        return listener.port
    }

    /// Accepts no more, lets what is being answered finish for `milliseconds`, cuts the rest, then calls `then`.
    package func drain(within milliseconds: Int, then: @escaping () -> Void) {
        isDraining = true
        drained = then
        for listener in listeners { listener.stop() }
        listeners = []
        for connection in connections { connection.drain() }
        loop.after(milliseconds: milliseconds) { self.cut() }
        reportDrained()
    }

    func take(_ socket: consuming Descriptor, from address: String) {
        guard connections.count < limits.connections + Self.reserve else { return }
        let isOverLimit = connections.count >= limits.connections
        let connection = Connection(self, socket, from: address, isOverLimit: isOverLimit)
        guard connection.start() else { return }
        connection.index = connections.count
        connections.append(connection)
    }

    func forget(_ connection: Connection) {
        let index = connection.index
        guard index < connections.count, connections[index] === connection else { return }
        connections.swapAt(index, connections.count - 1)
        connections[index].index = index
        connections.removeLast()
        reportDrained()
    }

    /// The Date field's line for this turn.
    func dateLine() -> [UInt8] {
        dateField.line(at: loop.now)
    }

    private func cut() {
        while let connection = connections.last { connection.close() }
        reportDrained()
    }

    private func reportDrained() {
        guard isDraining, connections.isEmpty, let then = drained else { return }
        drained = nil
        loop.after(milliseconds: 0, then)
    }

    /// Looks at the deadlines of all connections now and then, rather than keeping a timer for each request.
    private func startSweeping() {
        guard !isSweeping else { return }
        isSweeping = true
        let shortest =
            [
                limits.headTimeout, limits.bodyTimeout, limits.idleTimeout, limits.sendTimeout, limits.lingerTimeout,
            ].min() ?? 0
        loop.every(milliseconds: min(500, max(5, shortest / 8))) { [weak self] in
            self?.sweep()
            return self != nil
        }
    }

    private func sweep() {
        let now = loop.now
        for connection in connections.filter({ $0.deadline <= now }) { connection.expire() }
    }
}
