import Glibc

/// How a process ended.
package enum ProcessEnd: Hashable, Sendable, CustomStringConvertible {
    /// It exited with that status.
    case status(Int32)
    /// That signal ended it.
    case signal(Int32)

    /// Takes what the shim gives: a status, or minus a signal.
    init(code: Int32) {
        self = code < 0 ? .signal(-code) : .status(code)
    }

    /// `SIGSEGV`, or `status 3`.
    package var description: String {
        switch self {
        case .status(let status): "status \(status)"
        case .signal(let number): Self.names[number] ?? "signal \(number)"
        }
    }

    private static let names: [Int32: String] = [
        SIGABRT: "SIGABRT", SIGALRM: "SIGALRM", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP",
        SIGILL: "SIGILL", SIGINT: "SIGINT", SIGKILL: "SIGKILL", SIGPIPE: "SIGPIPE", SIGQUIT: "SIGQUIT",
        SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP", SIGUSR1: "SIGUSR1",
        SIGUSR2: "SIGUSR2", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ",
    ]
}
