import Glibc

/// The bytes just received, for all connections of a loop: what is not used at once is copied away.
///
/// Safe to use: the memory lives as long as the object, and is lent in bounds.
@safe final class ReceiveBuffer {
    private let memory: UnsafeMutableRawBufferPointer

    init(capacity: Int) {
        unsafe memory = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// As recv(2), at most `limit` bytes.
    func receive(from socket: CInt, limit: Int) -> Int {
        unsafe recv(socket, memory.baseAddress, min(limit, memory.count), 0)
    }

    /// Lends the first `count` bytes; nothing may be received meanwhile.
    func withBytes<Result>(_ count: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        unsafe body(UnsafeRawBufferPointer(rebasing: memory[..<count]).bindMemory(to: UInt8.self).span)
    }
}
