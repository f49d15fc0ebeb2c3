import Glibc

/// Where the gateway is to listen.
struct ListenAddress: Equatable, CustomStringConvertible {
    let host: String
    let port: UInt16

    init(host: String, port: String) throws(Failure) {
        guard port.utf8.allSatisfy({ (48...57).contains($0) }), let number = UInt16(port) else {
            throw .misconfigured("PORT is \"\(port)\", which is no port number from 0 to 65535.")
        }
        self.host = host
        self.port = number
    }

    var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Finds out whether one may listen there now, without keeping the place.
    func probe() throws(Failure) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV | AI_NUMERICHOST
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let first = unsafe found else {
            throw .misconfigured("BIND must be an IP address of this machine, not \"\(host)\".")
        }
        defer { unsafe freeaddrinfo(first) }
        let number = unsafe bindingError(first.pointee)
        if number != 0 { throw refusal(number) }
    }

    private func bindingError(_ place: addrinfo) -> CInt {
        let socket = unsafe Glibc.socket(place.ai_family, place.ai_socktype | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return errno }
        defer { close(socket) }
        var yes: CInt = 1
        unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        guard unsafe bind(socket, place.ai_addr, place.ai_addrlen) == 0, listen(socket, 1) == 0 else { return errno }
        return 0
    }

    private func refusal(_ number: CInt) -> Failure {
        switch number {
        case EADDRINUSE:
            .unavailable("Port \(port) on \(host) is taken by another program: stop it, or choose another PORT.")
        case EACCES:
            .misconfigured("This user may not listen on port \(port): choose a PORT from 1024 on.")
        default:
            .misconfigured("One cannot listen on \(self): \(systemWords(number)).")
        }
    }
}

/// The system's words for an error number.
func systemWords(_ number: CInt) -> String {
    unsafe String(cString: strerror(number))
}
