import CLinux
import Glibc
import Platform

/// The signals of this process, taken one at a time instead of interrupting it.
struct Signals: ~Copyable {
    enum Event: Equatable {
        /// SIGINT, SIGTERM or SIGHUP: someone wants the end.
        case stop
        case childEnded
        /// The descriptor that was watched beside can be read.
        case readable
        case nothing
    }

    private let descriptor: Descriptor

    /// Blocks the signals, for threads made later too; to be called before there are any.
    init() throws(Failure) {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGCHLD] { unsafe sigaddset(&set, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
        let number = unsafe signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK))
        guard number >= 0 else { throw .unavailable("The system has no descriptor left (\(SystemError("signalfd"))).") }
        descriptor = Descriptor(owning: number)
    }

    /// Waits for what comes first, at most `milliseconds`.
    borrowing func wait(milliseconds: Int, beside watched: CInt = -1) -> Event {
        var places = [
            pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0),
            pollfd(fd: watched, events: Int16(POLLIN), revents: 0),
        ]
        guard unsafe poll(&places, 2, CInt(clamping: milliseconds)) > 0 else { return .nothing }
        if places[0].revents != 0 { return next() }
        return places[1].revents != 0 ? .readable : .nothing
    }

    private borrowing func next() -> Event {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        guard unsafe read(descriptor.number, &information, size) == size else { return .nothing }
        switch CInt(information.ssi_signo) {
        case SIGCHLD: return .childEnded
        case SIGINT, SIGTERM, SIGHUP: return .stop
        default: return .nothing
        }
    }
}
