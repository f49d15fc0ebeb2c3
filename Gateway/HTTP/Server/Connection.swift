import GatewayEventLoop
import Glibc
import Platform

/// One client's connection: what is read goes through the decoder, what is answered through the outbound bytes.
///
/// One request at a time: the next is not looked at before the last is answered, so answers keep their order.
final class Connection: ReadinessHandler {
    enum Phase {
        /// Waiting for a request, or reading one.
        case reading
        /// A request is with the handler.
        case handling
        /// An answer's content is open.
        case streaming
        /// The last answer is on its way.
        case closing
        /// Nothing more is sent; what still comes is dropped, so that the client can read the answer in peace.
        case lingering
        case closed
    }

    /// What a reading connection's deadline is for.
    enum Waiting {
        case idle, head, content
    }

    static let never = Instant(nanoseconds: .max)

    let server: HTTPServer
    let clientAddress: String
    let isOverLimit: Bool
    let number: CInt
    private var owner: Descriptor?
    private var interest = Readiness.read

    /// The place in the server's list.
    var index = 0
    var phase = Phase.reading
    var waiting = Waiting.idle
    var deadline: Instant
    var decoder: RequestDecoder
    /// Received and not used yet.
    var pending: [UInt8] = []
    var outbound = Outbound()
    var inputEnded = false
    /// True while bytes are being decoded: what is answered meanwhile is sent afterwards, all at once.
    var isProcessing = false
    var exchange = OpenExchange()
    var closesAfterAnswer = false
    var lingers = true
    weak var openStream: ResponseStream?

    init(_ server: HTTPServer, _ socket: consuming Descriptor, from address: String, isOverLimit: Bool) {
        self.server = server
        self.isOverLimit = isOverLimit
        clientAddress = address
        decoder = RequestDecoder(server.limits)
        deadline = server.loop.now.adding(milliseconds: server.limits.headTimeout)
        number = socket.number
        owner = consume socket
    }

    func start() -> Bool {
        do throws(SystemError) {
            try server.loop.add(number, for: .read, self)
            return true
        } catch {
            return false
        }
    }

    func ready(_ readiness: Readiness) {
        if readiness.contains(.write), phase != .closed { resumeSending() }
        if readiness.contains(.read), phase != .closed { return receive() }
        if !readiness.isDisjoint(with: .hangUp) { close() }
    }

    /// Waits for something else, if it is something else.
    func wait(for wanted: Readiness) {
        guard wanted != interest, phase != .closed else { return }
        interest = wanted
        try? server.loop.change(number, to: wanted)
    }

    /// Closes the socket at once, whatever is going on, and tells those who wait.
    func close() {
        guard phase != .closed else { return }
        self.phase = .closed
        server.loop.remove(number)
        owner = nil
        pending = []
        if exchange.head != nil { report() }
        server.forget(self)
        openStream?.end(isCut: true)
    }

    /// The server takes no more requests: closes where nothing is going on.
    func drain() {
        if phase == .reading { settle() }
    }

    /// The deadline has passed.
    func expire() {
        switch phase {
        case .reading where !outbound.isBlocked && waiting != .idle:
            refuse(.tooSlow)
            settle()
        case .reading, .handling, .streaming, .closing, .lingering: close()
        case .closed: break
        }
    }
}
