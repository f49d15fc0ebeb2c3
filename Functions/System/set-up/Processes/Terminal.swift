import Glibc

/// The terminal's foreground, taken from a program that started us (make), so that Ctrl-C reaches us alone
/// and that program sees us end with our own status.
struct Terminal: ~Copyable {
    private let former: pid_t?

    /// Takes the foreground where there is a terminal and our group, which another leads, has it.
    init() {
        let group = getpgrp()
        guard isatty(0) == 1, tcgetpgrp(0) == group, group != getpid() else {
            former = nil
            return
        }
        unsafe signal(SIGTTOU, SIG_IGN)
        // Nobody could continue us: the shell knows only the one that started us.
        unsafe signal(SIGTSTP, SIG_IGN)
        setpgid(0, 0)
        former = tcsetpgrp(0, getpgrp()) == 0 ? group : nil
    }

    deinit {
        if let former { tcsetpgrp(0, former) }
    }
}
