import Glibc
import Platform

/// A fixed number of slots that all processes of the host share, each a file with a lock on it.
///
/// The kernel frees a slot when its process ends, however it ends.
public struct HashSlots: Sendable {
    private let paths: [String]
    /// How long a waiter sleeps between two looks, in microseconds; drawn anew, so that waiters spread out.
    private static let pause: ClosedRange<UInt32> = 500...1500

    /// The slots `slot-0` to `slot-<count - 1>` in an existing `directory`, at least one.
    public init(directory: String, count: Int) {
        paths = (0..<max(1, count)).map { "\(directory)/slot-\($0)" }
    }

    /// Runs `body` in a slot of its own; throws `.busy` where none came free within `milliseconds`.
    public func withSlot<Result>(
        waitingAtMost milliseconds: Int, _ body: () throws(PasswordHashError) -> Result
    ) throws(PasswordHashError) -> Result {
        let slot = try take(within: milliseconds)
        let result = try body()
        _ = consume slot
        return result
    }

    private func take(within milliseconds: Int) throws(PasswordHashError) -> Descriptor {
        let end = Instant.now.adding(milliseconds: milliseconds)
        while true {
            if let slot = try takeAny() { return slot }
            guard Instant.now < end else { throw .busy }
            usleep(UInt32.random(in: Self.pause))
        }
    }

    /// Tries every slot once, from a random one on, so that waiters do not all queue for the first.
    private func takeAny() throws(PasswordHashError) -> Descriptor? {
        let first = Int.random(in: paths.indices)
        for path in paths[first...] + paths[..<first] {
            if let slot = try lock(path) { return slot }
        }
        return nil
    }

    private func lock(_ path: String) throws(PasswordHashError) -> Descriptor? {
        do {
            let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
            let number = try retryingInterrupts("open") { unsafe Int(open(path, flags, 0o600)) }
            let file = Descriptor(owning: CInt(number))
            try retryingInterrupts("flock") { Int(flock(file.number, LOCK_EX | LOCK_NB)) }
            return file
        } catch {
            if error.number == EWOULDBLOCK { return nil }
            throw .slotsUnusable(error)
        }
    }
}
