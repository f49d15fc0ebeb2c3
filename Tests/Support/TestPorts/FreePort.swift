import Glibc
import Synchronization

/// Ports of 127.0.0.1 for servers of tests, each given once.
///
/// They lie below those that the system gives to outgoing connections, so that no connection of another test takes one
/// between the look and the server's start.
package enum FreePort {
    private static let taken = Mutex<Set<UInt16>>([])

    /// A port that nobody listens on.
    package static func take() throws -> UInt16 {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    /// A socket that listens, and its port.
    package static func listen() throws -> (socket: CInt, port: UInt16) {
        for _ in 0..<1000 {
            let port = UInt16.random(in: 10_000...29_999)
            guard taken.withLock({ $0.insert(port).inserted }) else { continue }
            if let socket = listening(on: port) { return (socket, port) }
        }
        throw NoFreePort()
    }

    private static func listening(on port: UInt16) -> CInt? {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(socket, $0, length) == 0 }
        }
        if isBound, Glibc.listen(socket, 4) == 0 { return socket }
        close(socket)
        return nil
    }

    private struct NoFreePort: Error {}
}
