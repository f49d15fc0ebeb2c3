import Glibc

/// The terminal's foreground, taken from a program that started us (make), so that Ctrl-C reaches us alone
/// and that program sees us end with our own status.
struct Terminal {
    private let former: pid_t?

    /// Takes the foreground where there is a terminal and our group, which another leads, has it.
    init() {
        let group = getpgrp()
        guard isatty(0) == 1, tcgetpgrp(0) == group, group != getpid() else {
            former = nil
            return
        }
        signal(SIGTTOU, SIG_IGN)
        // Nobody could continue us: the shell knows only the one that started us.
        signal(SIGTSTP, SIG_IGN)
        setpgid(0, 0)
        former = tcsetpgrp(0, getpgrp()) == 0 ? group : nil
    }

    /// Hands the foreground back.
    func giveBack() {
        if let former { tcsetpgrp(0, former) }
    }
}
