import Glibc

/// How a process ended.
enum ExitStatus: Equatable, CustomStringConvertible {
    case exited(CInt)
    case killed(CInt)

    /// Reads what waitpid(2) gave.
    init(waitStatus status: CInt) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal)
    }

    var description: String {
        switch self {
        case .exited(let status): "ended with status \(status)"
        case .killed(let signal): unsafe "was killed by signal \(signal) (\(String(cString: strsignal(signal))))"
        }
    }
}
