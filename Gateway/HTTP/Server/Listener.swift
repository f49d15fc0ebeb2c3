import CLinux
import GatewayEventLoop
import Glibc
import Platform

/// A listening socket: hands each new connection to its server.
final class Listener: ReadinessHandler {
    private unowned let server: HTTPServer
    // Kept beside the server, which may be on its way out when it stops its listeners.
    private let loop: EventLoop
    private let number: CInt
    private var owner: Descriptor?
    let port: UInt16

    init(_ server: HTTPServer, host: String, port: UInt16) throws(SystemError) {
        var address = try SocketAddress(host: host, port: port)
        let flags = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = try CInt(retryingInterrupts("socket") { Int(socket(address.family, flags, 0)) })
        let owner = Descriptor(owning: number)
        try Self.setOption(number, SOL_SOCKET, SO_REUSEADDR)
        // Accepted sockets inherit it.
        try Self.setOption(number, CInt(IPPROTO_TCP), TCP_NODELAY)
        if address.family == AF_INET6 { try Self.setOption(number, CInt(IPPROTO_IPV6), IPV6_V6ONLY) }
        try retryingInterrupts("bind") { unsafe Int(address.lend { unsafe bind(number, $0, $1) }) }
        try retryingInterrupts("listen") { Int(Glibc.listen(number, 1024)) }
        try retryingInterrupts("getsockname") { unsafe Int(address.fill { unsafe getsockname(number, $0, $1) }) }
        self.port = address.port
        self.server = server
        loop = server.loop
        self.number = number
        self.owner = consume owner
    }

    func start() throws(SystemError) {
        try loop.add(number, for: .read, self)
    }

    func stop() {
        guard owner != nil else { return }
        loop.remove(number)
        owner = nil
    }

    func ready(_ readiness: Readiness) {
        for _ in 0..<64 {
            guard owner != nil, acceptOne() else { return }
        }
    }

    /// True where more may be waiting.
    private func acceptOne() -> Bool {
        var address = SocketAddress()
        let flags = CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let accepted = unsafe address.fill { unsafe accept4(number, $0, $1, flags) }
        if accepted >= 0 {
            server.take(Descriptor(owning: accepted), from: address.host)
            return true
        }
        switch errno {
        case EAGAIN: return false
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            pause()
            return false
        // The others concern the connection that failed, not the listener (accept(2)).
        default: return true
        }
    }

    /// Leaves new connections waiting in the kernel until descriptors or memory may be free again.
    private func pause() {
        try? server.loop.change(number, to: [])
        server.loop.after(milliseconds: 100) { [weak self] in
            guard let self, owner != nil else { return }
            try? server.loop.change(number, to: .read)
        }
    }

    private static func setOption(_ socket: CInt, _ level: CInt, _ option: CInt) throws(SystemError) {
        var on: CInt = 1
        try retryingInterrupts("setsockopt") {
            unsafe Int(setsockopt(socket, level, option, &on, socklen_t(MemoryLayout<CInt>.size)))
        }
    }
}
