import CLinux
import Glibc
import Platform

/// The data directory, held by this process alone as long as the value lives.
struct DataDirectory: ~Copyable {
    let path: String
    private let lock: Descriptor

    /// Makes the directory where it is missing, and takes it for this process.
    init(path: String) throws(Failure) {
        self.path = path
        do {
            // Functions of a gateway that runs as root are other users, and must get to the database's socket.
            try Folder(path: path).make(mode: getuid() == 0 ? 0o711 : 0o700)
            try Folder(path: path + "/secrets").make(mode: 0o700)
            lock = try Self.open(path + "/lock")
        } catch {
            throw .misconfigured("The data directory \(path) cannot be written by user \(getuid()) (\(error)).")
        }
        try take()
    }

    private static func open(_ path: String) throws(SystemError) -> Descriptor {
        let number = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw SystemError("open \(path)") }
        return Descriptor(owning: number)
    }

    private borrowing func take() throws(Failure) {
        guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else {
            let owner = String(decoding: ((try? lock.readAll(limit: 20)) ?? nil) ?? [], as: UTF8.self)
            throw .unavailable("The data directory \(path) is in use by process \(owner).")
        }
        ftruncate(lock.number, 0)
        try? lock.writeAll(Array(String(getpid()).utf8))
    }
}
