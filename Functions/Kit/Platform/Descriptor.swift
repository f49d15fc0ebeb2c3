import Glibc

/// An open file descriptor, closed when its owner lets it go.
public struct Descriptor: ~Copyable {
    /// The number, to lend to a system call; it stays this value's own.
    public let number: CInt

    /// Takes over an open descriptor.
    public init(owning number: CInt) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Hands the number over to the caller, who closes it from here on.
    public consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }

    /// Reads at most `buffer.count` bytes; 0 is the end, `nil` that nothing is there yet (non-blocking).
    public borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int? {
        try Self.orNotYet { () throws(SystemError) in
            try retryingInterrupts("read") { unsafe Glibc.read(number, buffer.baseAddress, buffer.count) }
        }
    }

    /// Writes what it can of `bytes`; `nil` where nothing can be taken yet (non-blocking).
    public borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int? {
        try Self.orNotYet { () throws(SystemError) in
            try retryingInterrupts("write") { unsafe Glibc.write(number, bytes.baseAddress, bytes.count) }
        }
    }

    private static func orNotYet(_ body: () throws(SystemError) -> Int) throws(SystemError) -> Int? {
        do {
            return try body()
        } catch {
            if error.number == EAGAIN || error.number == EWOULDBLOCK { return nil }
            throw error
        }
    }
}
