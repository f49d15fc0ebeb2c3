import Glibc

extension ServerPlace {
    /// Whether something takes connections there.
    var answers: Bool {
        switch self {
        case .socket(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            return Self.connects(AF_UNIX, address)
        case .port(let port):
            return Self.connects(AF_INET, LoopbackPort.address(port))
        }
    }

    private static func connects<Address>(_ family: CInt, _ address: Address) -> Bool {
        let socket = Glibc.socket(family, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(socket, generic, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }
}
