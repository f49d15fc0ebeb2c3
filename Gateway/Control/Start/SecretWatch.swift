import GatewayEventLoop
import Glibc
import Platform

/// Calls an action as soon as something changes in the secrets' folder (inotify(7)).
final class SecretWatch: ReadinessHandler {
    private let descriptor: Descriptor
    private let action: () -> Void

    init(folder: String, loop: EventLoop, _ action: @escaping () -> Void) throws(SystemError) {
        let number = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
        guard number >= 0 else { throw SystemError("inotify_init1") }
        descriptor = Descriptor(owning: number)
        self.action = action
        let changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE
        guard unsafe inotify_add_watch(number, folder, UInt32(changes)) >= 0 else {
            throw SystemError("inotify_add_watch")
        }
        try loop.add(number, for: .read, self)
    }

    func ready(_ readiness: Readiness) {
        var events = [UInt8](repeating: 0, count: 16 * 1024)
        while unsafe read(descriptor.number, &events, events.count) > 0 {}
        action()
    }
}
