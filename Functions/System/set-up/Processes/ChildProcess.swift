import Glibc

/// A process that we started and have to wait for.
final class ChildProcess {
    let pid: pid_t
    private var status: ExitStatus?

    init(pid: pid_t) {
        self.pid = pid
    }

    /// How it ended; `nil` while it runs.
    var ending: ExitStatus? {
        if let status { return status }
        var raw: CInt = 0
        guard unsafe waitpid(pid, &raw, WNOHANG) == pid else { return nil }
        status = ExitStatus(waitStatus: raw)
        return status
    }

    /// Sends a signal, unless it has ended (whose number may be another's by now).
    func send(_ signal: CInt) {
        if ending == nil { kill(pid, signal) }
    }
}
