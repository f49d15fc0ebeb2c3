import CLinux
import Glibc
public import Primitives

/// The kernel's generator (getrandom(2)), seeded before it answers.
public struct SystemRandom: RandomSource {
    /// Makes the source; all are alike.
    public init() {}

    /// `count` bytes from the kernel.
    public func bytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[filled...])
                let got = unsafe getrandom(rest.baseAddress, rest.count, 0)
                precondition(got > 0 || errno == EINTR, "getrandom(2) failed")
                filled += max(0, got)
            }
        }
    }
}
