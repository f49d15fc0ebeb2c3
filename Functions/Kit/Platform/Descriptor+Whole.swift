import Glibc

extension Descriptor {
    /// Reads once, blocking, at most `count` bytes onto the end of `bytes`; nothing is added at the end of the input.
    public borrowing func append(to bytes: inout [UInt8], atMost count: Int) throws(SystemError) {
        let number = number
        var failure: SystemError?
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = unsafe Glibc.read(number, buffer.baseAddress, count)
            if got == -1 { failure = SystemError("read") }
            filled = max(0, got)
        }
        if let failure {
            guard failure.number == EINTR else { throw failure }
            return try append(to: &bytes, atMost: count)
        }
        if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    }

    /// Reads to the end of the input; `nil` where there are more than `limit` bytes.
    public borrowing func readAll(limit: Int) throws(SystemError) -> [UInt8]? {
        var bytes: [UInt8] = []
        while true {
            let before = bytes.count
            try append(to: &bytes, atMost: min(64 << 10, limit + 1 - before))
            if bytes.count == before { return bytes }
            if bytes.count > limit { return nil }
        }
    }

    /// Writes all of `bytes`, blocking.
    public borrowing func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let number = number
            written += try retryingInterrupts("write") {
                unsafe bytes.withUnsafeBytes { buffer in
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                    return unsafe Glibc.write(number, rest.baseAddress, rest.count)
                }
            }
        }
    }
}
