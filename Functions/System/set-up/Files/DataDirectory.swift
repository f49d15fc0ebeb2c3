import CLinux
import Glibc
import Platform

/// The data directory, held by this process alone as long as the value lives.
struct DataDirectory: ~Copyable {
    let path: String
    private let lock: Descriptor

    /// Makes the directory where it is missing, and takes it for this process.
    static func take(_ path: String) throws(Failure) -> DataDirectory {
        let directory = DataDirectory(path: path, lock: try make(path))
        try directory.lockOrRefuse()
        return directory
    }

    /// Whether another process holds the directory at `path`.
    static func isTaken(_ path: String) -> Bool {
        let number = unsafe open(path + "/lock", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return false }
        let lock = Descriptor(owning: number)
        return flock(lock.number, LOCK_SH | LOCK_NB) != 0
    }

    private init(path: String, lock: consuming Descriptor) {
        self.path = path
        self.lock = lock
    }

    private static func make(_ path: String) throws(Failure) -> Descriptor {
        do throws(SystemError) {
            // Functions of a gateway that runs as root are other users, and must get to the database's socket.
            try Folder(path: path).make(mode: getuid() == 0 ? 0o711 : 0o700)
            try Folder(path: path + "/secrets").make(mode: 0o700)
            let number = unsafe open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard number >= 0 else { throw SystemError("open \(path)/lock") }
            return Descriptor(owning: number)
        } catch {
            throw .misconfigured("The data directory \(path) cannot be written by user \(getuid()) (\(error)).")
        }
    }

    private borrowing func lockOrRefuse() throws(Failure) {
        guard flock(lock.number, LOCK_EX | LOCK_NB) == 0 else {
            let owner = String(decoding: ((try? lock.readAll(limit: 20)) ?? nil) ?? [], as: UTF8.self)
            throw .unavailable("The data directory \(path) is in use by process \(owner).")
        }
        ftruncate(lock.number, 0)
        try? lock.writeAll(Array(String(getpid()).utf8))
    }
}
