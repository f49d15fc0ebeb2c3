import Platform

/// A fixed number of slots that all processes of the host share, taken in the order in which they were asked for.
///
/// The kernel frees a slot when its process ends, however it ends.
public struct HashSlots: Sendable {
    private let path: String
    private let count: Int

    /// `count` slots, at least one, kept as locks on the file `slots` in an existing `directory`.
    public init(directory: String, count: Int) {
        path = directory + "/slots"
        self.count = max(1, count)
    }

    /// Runs `body` in a slot of its own; throws `.busy` where none came free within `milliseconds`.
    public func withSlot<Result>(
        waitingAtMost milliseconds: Int, _ body: () throws(PasswordHashError) -> Result
    ) throws(PasswordHashError) -> Result {
        guard let slot = try take(within: milliseconds) else { throw .busy }
        let result = try body()
        _ = consume slot
        return result
    }

    private func take(within milliseconds: Int) throws(PasswordHashError) -> LockFile? {
        do {
            let file = try LockFile(path: path)
            var line = WaitingLine(slots: count)
            guard try line.wait(in: file, atMost: milliseconds) else { return nil }
            return file
        } catch {
            throw .slotsUnusable(error)
        }
    }
}
