import Glibc

extension Descriptor {
    /// Reads to the end, but no further than one byte beyond `limit`: a longer answer says that there was more.
    public borrowing func readToEnd(limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit + 1, 16_384))
        while bytes.count <= limit {
            let count = try unsafe chunk.withUnsafeMutableBufferPointer { (buffer) throws(SystemError) in
                try unsafe read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            guard let count else { throw SystemError("read", number: EAGAIN) }
            if count == 0 { break }
            bytes += chunk[..<min(count, limit + 1 - bytes.count)]
        }
        return bytes
    }

    /// Writes all of `bytes` to a descriptor that blocks.
    public borrowing func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(SystemError) in
                try unsafe write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[written...]))
            }
            guard let count else { throw SystemError("write", number: EAGAIN) }
            written += count
        }
    }
}
