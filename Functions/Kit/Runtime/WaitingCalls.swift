import Glibc

/// Tells whether there are more calls for this process than the one that it is answering.
public struct WaitingCalls: Sendable {
    /// There are none, ever.
    public static let none = WaitingCalls(isRead: false, input: nil)

    private let isRead: Bool
    private let input: CInt?

    /// `isRead` where more was read than one call; otherwise the input is looked at, which stays the caller's.
    init(isRead: Bool, input: CInt?) {
        self.isRead = isRead
        self.input = input
    }

    /// Whether another call is there now, or a part of it.
    public var areThere: Bool {
        guard !isRead, let input else { return isRead }
        var entry = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLIN) != 0
    }
}
