import Glibc
import Platform

/// A numeric IPv4 or IPv6 address and a port, as the socket calls take them.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// An address for a call to fill in.
    init() {}

    /// Throws `EINVAL` where `host` is not a numeric address.
    init(host: String, port: UInt16) throws(SystemError) {
        if host.utf8.contains(UInt8(ascii: ":")) {
            try fillIPv6(host, port)
        } else {
            try fillIPv4(host, port)
        }
    }

    var family: CInt { CInt(storage.ss_family) }

    var port: UInt16 {
        unsafe withUnsafeBytes(of: storage) { unsafe UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// The address as text without the port; an IPv4 address that came over IPv6 is shown as IPv4.
    var host: String {
        guard family == AF_INET6 else { return text(AF_INET, offset: 4) }
        let isMapped = unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe bytes[8..<18].allSatisfy { $0 == 0 } && bytes[18] == 0xff && bytes[19] == 0xff
        }
        return isMapped ? text(AF_INET, offset: 20) : text(AF_INET6, offset: 8)
    }

    /// Lends the address to a call that reads it.
    func lend<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
        }
    }

    /// Lends the address to a call that fills it in.
    mutating func fill<Result>(_ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result)
        -> Result
    {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, &length) }
        }
    }

    private mutating func fillIPv4(_ host: String, _ port: UInt16) throws(SystemError) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            throw SystemError("inet_pton", number: EINVAL)
        }
        length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: address, as: sockaddr_in.self) }
    }

    private mutating func fillIPv6(_ host: String, _ port: UInt16) throws(SystemError) {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        guard unsafe inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else {
            throw SystemError("inet_pton", number: EINVAL)
        }
        length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.storeBytes(of: address, as: sockaddr_in6.self) }
    }

    private func text(_ family: CInt, offset: Int) -> String {
        unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
                let source = unsafe bytes.baseAddress.map { unsafe $0 + offset }
                let size = socklen_t(buffer.count)
                guard let text = unsafe inet_ntop(family, source, buffer.baseAddress, size) else { return "" }
                return unsafe String(cString: text)
            }
        }
    }
}
