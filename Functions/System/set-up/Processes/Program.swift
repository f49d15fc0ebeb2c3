import Glibc
import Platform

/// A program to start in a session of its own, so that a Ctrl-C meant for us does not reach it.
struct Program {
    let path: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// Takes the place of its standard output and error; ours where `nil`.
    var output: CInt?
    /// Becomes its descriptor 3; it gets no other.
    var thirdDescriptor: CInt?

    /// Starts it. The kernel sends it SIGTERM should we die first, which setpriv(1) sees to.
    func start() throws(SystemError) -> ChildProcess {
        var words = [path] + arguments
        if unsafe access(Self.setpriv, X_OK) == 0 { words = [Self.setpriv, "--pdeathsig", "TERM", "--"] + words }
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = unsafe posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe arrangeDescriptors(&actions)
        unsafe resetSignals(&attributes)
        var pid: pid_t = 0
        let settings = environment.map { "\($0.key)=\($0.value)" }
        let failure = unsafe withCStrings(words) { arguments in
            unsafe withCStrings(settings) { environment in
                unsafe posix_spawn(&pid, words[0], &actions, &attributes, arguments, environment)
            }
        }
        guard failure == 0 else { throw SystemError("start \(path)", number: failure) }
        return ChildProcess(pid: pid)
    }

    private static let setpriv = "/usr/bin/setpriv"

    private func arrangeDescriptors(_ actions: inout posix_spawn_file_actions_t) {
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if let output {
            unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
            unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
        }
        if let thirdDescriptor { unsafe posix_spawn_file_actions_adddup2(&actions, thirdDescriptor, 3) }
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, thirdDescriptor == nil ? 3 : 4)
    }

    private func resetSignals(_ attributes: inout posix_spawnattr_t) {
        var none = unsafe sigset_t()
        var all = unsafe sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETSID | CInt(POSIX_SPAWN_SETSIGMASK) | CInt(POSIX_SPAWN_SETSIGDEF)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }
}

/// Lends `strings` as a C array that ends with a null pointer.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { for pointer in unsafe pointers { unsafe free(pointer) } }
    return unsafe body(pointers)
}
