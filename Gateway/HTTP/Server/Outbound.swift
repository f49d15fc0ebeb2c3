import Glibc
import Platform

/// Bytes on their way to a client.
struct Outbound {
    private var bytes: [UInt8] = []
    private var sent = 0
    /// True while the system takes no more.
    private(set) var isBlocked = false

    var count: Int { bytes.count - sent }
    var isEmpty: Bool { sent == bytes.count }

    /// Lends the bytes, to append to them.
    mutating func append(_ body: (inout [UInt8]) -> Void) {
        body(&bytes)
    }

    /// Hands to the system what it takes now; true where it took anything. Throws where the client is gone.
    mutating func send(to socket: CInt) throws(SystemError) -> Bool {
        let (offset, before) = (sent, sent)
        while !isEmpty {
            let result = unsafe bytes.withUnsafeBytes { all in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: all[offset...])
                return unsafe Glibc.send(socket, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
            }
            if result >= 0 {
                sent += result
                break
            }
            guard errno != EAGAIN else { break }
            guard errno == EINTR else { throw SystemError("send") }
        }
        isBlocked = !isEmpty
        let tookSome = sent > before
        if isEmpty { clear() }
        return tookSome
    }

    /// Forgets everything; keeps a small buffer for the next answer.
    private mutating func clear() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 16 * 1024)
        sent = 0
    }
}
