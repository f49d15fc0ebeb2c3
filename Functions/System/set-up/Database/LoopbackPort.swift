import Glibc

/// Finds a TCP port of 127.0.0.1 for the own database.
enum LoopbackPort {
    /// A port that nobody listens on just now: `preferred` where it is one, else one that the kernel picks.
    static func free(preferring preferred: UInt16?) -> UInt16? {
        if let preferred, let port = bind(preferred) { return port }
        return bind(0)
    }

    /// The address 127.0.0.1 with `port`.
    static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }

    private static func bind(_ port: UInt16) -> UInt16? {
        let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var yes: CInt = 1
        unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        var place = address(port)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = unsafe withUnsafeMutablePointer(to: &place) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe Glibc.bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
            }
        }
        return isBound ? UInt16(bigEndian: place.sin_port) : nil
    }
}
