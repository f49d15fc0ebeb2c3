import Glibc
import Platform

/// A file that is read and written at given places.
struct PlacedFile: ~Copyable {
    let descriptor: Descriptor

    /// Opens one that is there; follows no link.
    init(path: String, forWriting: Bool) throws(SystemError) {
        let flags = (forWriting ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW
        let number = try retryingInterrupts("open") { unsafe Int(open(path, flags)) }
        descriptor = Descriptor(owning: CInt(number))
    }

    private init(_ descriptor: consuming Descriptor) {
        self.descriptor = descriptor
    }

    /// Makes one of that size, its place on the disk taken, in the place of any that is there.
    static func make(_ path: String, size: Int) throws(SystemError) -> PlacedFile {
        unsafe _ = unlink(path)
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        let number = try retryingInterrupts("open") { unsafe Int(open(path, flags, 0o600)) }
        let file = PlacedFile(Descriptor(owning: CInt(number)))
        let failure = posix_fallocate(file.descriptor.number, 0, size)
        guard failure == 0 else { throw SystemError("posix_fallocate", number: failure) }
        return file
    }

    var size: Int {
        get throws(SystemError) { Int(try status().st_size) }
    }

    /// Whether the file at `path` is this one.
    borrowing func isAt(_ path: String) -> Bool {
        var there = stat()
        guard let own = try? status(), unsafe lstat(path, &there) == 0 else { return false }
        return own.st_ino == there.st_ino && own.st_dev == there.st_dev
    }

    private borrowing func status() throws(SystemError) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor.number, &status) == 0 else { throw SystemError("fstat") }
        return status
    }

    /// `count` bytes from `offset`; fewer where the file ends.
    borrowing func read(_ count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let number = descriptor.number
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe pread(
                    number, buffer.baseAddress?.advanced(by: filled), count - filled, offset + filled)
                if got == -1, errno == EINTR { continue }
                if got == -1 { failure = SystemError("pread") }
                if got <= 0 { return }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes all of `bytes` at `offset`.
    borrowing func write(_ bytes: [UInt8], at offset: Int) throws(SystemError) {
        var written = 0
        let number = descriptor.number
        while written < bytes.count {
            written += try retryingInterrupts("pwrite") {
                unsafe bytes.withUnsafeBytes { buffer in
                    unsafe pwrite(
                        number, buffer.baseAddress?.advanced(by: written), bytes.count - written, offset + written)
                }
            }
        }
    }
}
