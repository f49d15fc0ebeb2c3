import CLinux
import Glibc
import Platform

/// Processes whose parents died, and which the kernel therefore gave to us.
enum Orphans {
    /// Makes the kernel give them to us instead of to process 1.
    static func adopt() {
        _ = clinux_adopt_orphans()
    }

    /// Kills every child but those in `spared`, and their children as they come, for at most two seconds.
    static func end(sparing spared: [pid_t]) {
        for _ in 0..<200 {
            let orphans = children().filter { !spared.contains($0) }
            if orphans.isEmpty { return }
            for orphan in orphans {
                kill(orphan, SIGKILL)
                waitpid(orphan, nil, WNOHANG)
            }
            usleep(10_000)
        }
    }

    private static func children() -> [pid_t] {
        let list = (try? PrivateFile(path: "/proc/self/task/\(getpid())/children").read(limit: 65_536)) ?? nil
        return String(decoding: list ?? [], as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
    }
}
