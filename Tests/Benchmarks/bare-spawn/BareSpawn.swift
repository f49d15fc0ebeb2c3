import Glibc
import Platform

/// Starts the program that its first argument names again and again, with no input and no output, each time waiting for
/// its end; prints how many in the seconds of its second argument: what one core's posix_spawn(3) allows.
@main
struct BareSpawn {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let seconds = Int(arguments[2]) else { exit(64) }
        let end = Instant.now.adding(milliseconds: seconds * 1000)
        var count = 0
        while Instant.now < end {
            try runOnce(arguments[1])
            count += 1
        }
        print(count)
    }

    private static func runOnce(_ path: String) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        let name = unsafe strdup(path)
        defer { unsafe free(name) }
        var pid: pid_t = 0
        let failure = unsafe posix_spawn(&pid, path, &actions, nil, [name, nil], [nil])
        guard failure == 0 else { throw SystemError("posix_spawn", number: failure) }
        var status: CInt = 0
        try retryingInterrupts("waitpid") { unsafe Int(waitpid(pid, &status, 0)) }
        guard status == 0 else { exit(1) }
    }
}
