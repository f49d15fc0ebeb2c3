import Glibc

/// Memory that the processes of one function share on a machine, given by whoever starts them.
public final class SharedMemory {
    /// The variable that has the number of its descriptor.
    public static let variable = "SHARED_MEMORY"

    private let file: Descriptor
    /// What all of them see.
    public let mapping: Mapping

    /// Takes over the memory behind an open descriptor, all of it.
    public init(owning number: CInt) throws(SystemError) {
        let file = Descriptor(owning: number)
        var status = stat()
        guard fcntl(number, F_SETFD, FD_CLOEXEC) == 0, unsafe fstat(number, &status) == 0 else {
            throw SystemError("fstat")
        }
        mapping = try Mapping(file, count: Int(status.st_size), .written)
        self.file = file
    }

    /// Runs `body` while no other process is in it for the same `place`, any number; `nil` where one is. The kernel
    /// frees the place when a process ends, even in the midst of it.
    public func alone<Result>(at place: Int, _ body: () -> Result) -> Result? {
        guard set(F_WRLCK, at: place) else { return nil }
        defer { _ = set(F_UNLCK, at: place) }
        return body()
    }

    private func set(_ type: CInt, at place: Int) -> Bool {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = place
        lock.l_len = 1
        return unsafe fcntl(file.number, F_SETLK, &lock) == 0
    }
}
