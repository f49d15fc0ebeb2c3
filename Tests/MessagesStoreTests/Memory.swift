import Glibc
import Platform

/// Memory that two processes see, each by its own mapping.
struct Memory {
    let size: Int
    let one: SharedMemory
    let other: SharedMemory

    init(size: Int) throws {
        self.size = size
        let path = "/tmp/passerelle-memory-\(getpid())-\(UInt64.random(in: 0...(.max)))"
        let number = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        unsafe _ = unlink(path)
        guard number >= 0, ftruncate(number, size) == 0 else { throw SystemError("open") }
        one = try SharedMemory(owning: number)
        other = try SharedMemory(owning: dup(number))
    }

    /// Changes one bit of a byte.
    func flip(_ byte: Int) {
        unsafe one.mapping.numbers(at: byte, count: 1, as: UInt8.self)[0] ^= 1
    }
}
