import Glibc
public import Platform

/// The chain's head, noted outside the database: a file to which each new head is appended and synced.
public struct OutsideHead {
    private let path: String
    private static let longestLine = 128

    /// The note in the file at `path`, which need not be there yet.
    public init(path: String) {
        self.path = path
    }

    /// Appends a head; it is on the disk when this returns.
    public func append(_ head: AuditHead) throws(SystemError) {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW
        let file = Descriptor(owning: CInt(try retryingInterrupts("open") { unsafe Int(open(path, flags, 0o600)) }))
        try file.writeAll(Array((head.line + "\n").utf8))
        try retryingInterrupts("fdatasync") { Int(fdatasync(file.number)) }
    }

    /// The head noted last; `nil` where none is. A line that was cut off by a crash is passed over.
    public func last() throws(SystemError) -> AuditHead? {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard number != -1 else {
            if errno == ENOENT { return nil }
            throw SystemError("open")
        }
        let file = Descriptor(owning: number)
        let size = lseek(file.number, 0, SEEK_END)
        lseek(file.number, max(0, size - 4 * Self.longestLine), SEEK_SET)
        let end = try file.readAll(limit: 4 * Self.longestLine) ?? []
        let lines = String(decoding: end, as: UTF8.self).split(separator: "\n")
        return lines.reversed().lazy.compactMap { AuditHead(line: $0) }.first
    }
}
