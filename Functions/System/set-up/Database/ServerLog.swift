import Glibc
import Platform

/// The own database's log: one file, put aside once it has grown.
struct ServerLog {
    let path: String
    private static let limit: off_t = 16 << 20

    /// Opens it for writing at its end; what was there before 16 MiB were reached is kept in one older file.
    func open() throws(Failure) -> Descriptor {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_size > Self.limit { unsafe rename(path, path + ".1") }
        let number = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw .misconfigured("\(SystemError("The log \(path) cannot be written: open")).") }
        return Descriptor(owning: number)
    }
}
