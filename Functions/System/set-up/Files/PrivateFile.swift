import Glibc
import Platform

/// A file that its owner alone may read.
struct PrivateFile {
    let path: String

    /// What it holds; `nil` where there is no such file, or one of more than `limit` bytes.
    func read(limit: Int) throws(SystemError) -> [UInt8]? {
        let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else {
            if errno == ENOENT { return nil }
            throw SystemError("open \(path)")
        }
        return try Descriptor(owning: number).readAll(limit: limit)
    }

    /// Puts `bytes` there in one go: whoever reads meets the old content or the new, also after a crash.
    func replace(with bytes: [UInt8], mode: mode_t = 0o600) throws(SystemError) {
        let draft = "\(path).new"
        unsafe unlink(draft)
        let number = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard number >= 0 else { throw SystemError("open \(draft)") }
        let file = Descriptor(owning: number)
        try file.writeAll(bytes)
        try retryingInterrupts("fsync") { Int(fsync(file.number)) }
        try retryingInterrupts("rename") { unsafe Int(rename(draft, path)) }
    }
}
