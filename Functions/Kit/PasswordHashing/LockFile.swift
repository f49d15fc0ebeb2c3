import Glibc
import Platform

/// One opening of a file whose single bytes are locked, against all other openings in whichever process.
///
/// The kernel frees every lock when the file is closed or its process ends (open file description locks, fcntl(2)).
struct LockFile: ~Copyable {
    private let file: Descriptor

    /// `F_OFD_SETLK` of Linux's `<fcntl.h>`, which Swift's module of the C library leaves out.
    private static let setLock: CInt = 37

    /// Opens the file at `path`, made for its owner alone where it is not there; follows no link.
    init(path: String) throws(SystemError) {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let number = try retryingInterrupts("open") { unsafe Int(open(path, flags, 0o600)) }
        file = Descriptor(owning: CInt(number))
    }

    /// Whether the byte at `offset` is this opening's now; `false` where it is another's.
    borrowing func tryLock(_ offset: Int) throws(SystemError) -> Bool {
        do {
            try set(F_WRLCK, at: offset)
            return true
        } catch {
            if error.number == EAGAIN || error.number == EACCES { return false }
            throw error
        }
    }

    /// Frees the byte at `offset`.
    borrowing func unlock(_ offset: Int) throws(SystemError) {
        try set(F_UNLCK, at: offset)
    }

    private borrowing func set(_ type: CInt, at offset: Int) throws(SystemError) {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = offset
        lock.l_len = 1
        let number = file.number
        try retryingInterrupts("fcntl") { unsafe Int(fcntl(number, Self.setLock, &lock)) }
    }
}
