import CLinux
import GatewayEventLoop
import Glibc
import Platform

/// Hands the signals that ask for the end to the loop (signalfd(2)).
final class SignalWatch: ReadinessHandler {
    private let descriptor: Descriptor
    private let action: (Int32) -> Void

    /// Blocks SIGTERM, SIGINT and SIGHUP, and calls `action` with the number of each that comes.
    init(loop: EventLoop, _ action: @escaping (Int32) -> Void) throws(SystemError) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&signals, number) }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        let number = unsafe signalfd(-1, &signals, CInt(SFD_NONBLOCK | SFD_CLOEXEC))
        if number == -1 { throw SystemError("signalfd") }
        descriptor = Descriptor(owning: number)
        self.action = action
        try loop.add(number, for: .read, self)
    }

    func ready(_ readiness: Readiness) {
        var info = signalfd_siginfo()
        let count = unsafe withUnsafeMutableBytes(of: &info) { bytes in
            unsafe Glibc.read(descriptor.number, bytes.baseAddress, bytes.count)
        }
        if count == MemoryLayout<signalfd_siginfo>.size { action(Int32(info.ssi_signo)) }
    }
}
