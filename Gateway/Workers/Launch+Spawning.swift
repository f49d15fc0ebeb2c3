import CLinux
import Glibc
package import Platform

/// The gateway's side of a process that was just started.
struct Spawned: ~Copyable {
    let pid: pid_t
    let pidfd: Descriptor
    let input: Descriptor
    let output: Descriptor
    let errors: Descriptor
}

/// What becomes a process's standard input.
enum InputKind {
    case pipe
    /// A socket on which descriptors can travel.
    case channel
}

extension Launch {
    /// Starts the process with three pipes, or a channel and two; the gateway's ends do not block.
    func spawn(_ kind: InputKind = .pipe) throws(SystemError) -> Spawned {
        let input = try Pipe(kind)
        let output = try Pipe()
        let errors = try Pipe()
        var pid: pid_t = 0
        var pidfd: CInt = -1
        let error = unsafe withStrings { program in
            var launch = unsafe program
            unsafe launch.input = input.reader.number
            unsafe launch.output = output.writer.number
            unsafe launch.errors = errors.writer.number
            return unsafe clinux_spawn(&launch, &pid, &pidfd)
        }
        if error != 0 { throw SystemError("start \(path)", number: error) }
        let process = Descriptor(owning: pidfd)
        return Spawned(
            pid: pid, pidfd: process, input: try input.keepingWriter(), output: try output.keepingReader(),
            errors: try errors.keepingReader())
    }
}

extension Launch {
    /// Lends what C is told, but for the descriptors.
    private func withStrings(_ body: (clinux_launch) -> CInt) -> CInt {
        unsafe CStrings.lend(arguments) { arguments in
            unsafe CStrings.lend(environment) { environment in
                unsafe path.withCString { path in
                    unsafe CStrings.lend(directory) { directory in
                        unsafe body(described(path, arguments, environment, directory))
                    }
                }
            }
        }
    }

    private func described(
        _ path: UnsafePointer<CChar>, _ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>,
        _ environment: UnsafePointer<UnsafeMutablePointer<CChar>?>, _ directory: UnsafePointer<CChar>?
    ) -> clinux_launch {
        unsafe clinux_launch(
            path: path, arguments: arguments, environment: environment, directory: directory, input: -1, output: -1,
            errors: -1, memory_file: shared?.number ?? -1, memory: UInt64(memory ?? 0),
            descriptors: UInt64(limits.openFiles),
            processor_seconds: UInt64(limits.processorSeconds ?? 0), processes: UInt64(limits.processes ?? 0),
            file_size: UInt64(limits.fileSize ?? 0), user: confinement?.user ?? 0, group: confinement?.group ?? 0,
            filters_calls: limits.filtersSystemCalls, view: confinement?.view ?? -1)
    }
}

extension Launch {
    /// Runs the process, which gets no input, to its end: its exit status, or minus the signal.
    package func runToItsEnd() throws(SystemError) -> CInt {
        let process = try spawn()
        var status: CInt = 0
        let pid = process.pid
        try retryingInterrupts("waitpid") { unsafe Int(waitpid(pid, &status, 0)) }
        return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
    }

    /// Replaces the calling process by the program, with another environment; returns only where that fails.
    package func become(environment: [String]) {
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigprocmask(SIG_SETMASK, &none, nil)
        for number in 1..<32 as Range<Int32> { signal(number, SIG_DFL) }
        unsafe CStrings.lend(arguments) { arguments in
            unsafe CStrings.lend(environment) { environment in
                _ = unsafe execve(path, arguments, environment)
            }
        }
    }
}

/// A pipe whose ends are not inherited.
struct Pipe: ~Copyable {
    let reader: Descriptor
    let writer: Descriptor

    init(_ kind: InputKind = .pipe) throws(SystemError) {
        var (ends, starts): (CInt, CInt) = (-1, -1)
        switch kind {
        case .pipe: if unsafe clinux_pipe(&ends, &starts) == -1 { throw SystemError("pipe2") }
        case .channel: if unsafe clinux_channel(&ends, &starts) == -1 { throw SystemError("socketpair") }
        }
        reader = Descriptor(owning: ends)
        writer = Descriptor(owning: starts)
    }

    consuming func keepingReader() throws(SystemError) -> Descriptor {
        try readWithoutBlocking()
        return readerAlone()
    }

    consuming func keepingWriter() throws(SystemError) -> Descriptor {
        try writeWithoutBlocking()
        return writerAlone()
    }

    func readWithoutBlocking() throws(SystemError) { try Self.withoutBlocking(reader.number) }

    func writeWithoutBlocking() throws(SystemError) { try Self.withoutBlocking(writer.number) }

    /// Closes the other end.
    consuming func readerAlone() -> Descriptor { reader }

    /// Closes the other end.
    consuming func writerAlone() -> Descriptor { writer }

    private static func withoutBlocking(_ descriptor: CInt) throws(SystemError) {
        if fcntl(descriptor, F_SETFL, O_NONBLOCK) == -1 { throw SystemError("fcntl") }
    }
}
