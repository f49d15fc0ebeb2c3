import Glibc
import Platform

/// A number in the memory that the function's processes share.
enum Shared {
    /// Adds one; the greatest number where there is no such memory.
    static func count() -> UInt64 {
        guard let memory = try? SharedMemory(owning: fcntl(3, F_DUPFD_CLOEXEC, 4)) else { return .max }
        while true {
            let count: UInt64? = memory.alone(at: 7) {
                let number = unsafe memory.mapping.numbers(at: 8, count: 1, as: UInt64.self)
                unsafe number[0] += 1
                return unsafe number[0]
            }
            if let count { return count }
            sched_yield()
        }
    }
}
