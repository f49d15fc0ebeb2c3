import CLinux
import GatewayEventLoop
import Glibc
import Platform

/// A process that the gateway started, with the gateway's ends of its pipes.
final class ChildProcess {
    let pid: pid_t
    let function: String
    /// The gateway's end of its standard output, which does not block.
    let output: Descriptor
    private var input: Descriptor?
    /// How it ended; `nil` while it runs.
    private(set) var end: ProcessEnd?
    /// Called once when the process is gone; what it wrote may still be in its pipes.
    var onEnd: ((ProcessEnd) -> Void)?
    private let pidfd: Descriptor
    private unowned let table: ProcessTable
    private let errors: ErrorStream
    /// True for a process of one call, whose orderly end is not worth a line in the log.
    let isQuiet: Bool
    private var isExpectedToEnd = false
    /// Whether the gateway sent it a signal to end.
    private(set) var wasStopped = false

    init(
        _ spawned: consuming Spawned, function: String, isQuiet: Bool, table: ProcessTable
    ) throws(SystemError) {
        pid = spawned.pid
        self.isQuiet = isQuiet
        self.function = function
        self.table = table
        pidfd = spawned.pidfd
        input = consume spawned.input
        output = spawned.output
        errors = ErrorStream(spawned.errors, pid: pid, function: function, table: table)
        try table.loop.add(pidfd.number, for: .read, EndHandler(self))
        try errors.start()
    }

    /// Closes its standard input, which asks a warm worker to leave; stops it where it does not within two seconds.
    func retire() {
        isExpectedToEnd = true
        closeInput()
        table.loop.after(milliseconds: 2_000) { self.stop() }
    }

    /// Asks its process group to leave (SIGTERM), and kills it where it has not gone 200 ms later.
    func stop() {
        guard end == nil else { return }
        isExpectedToEnd = true
        wasStopped = true
        signalGroup(SIGTERM)
        table.loop.after(milliseconds: 200) { self.kill() }
    }

    /// Kills its process group.
    func kill() {
        guard end == nil else { return }
        isExpectedToEnd = true
        wasStopped = true
        signalGroup(SIGKILL)
    }

    /// A copy of a template is alone until it has made its group, which it does first.
    private func signalGroup(_ signal: CInt) {
        if Glibc.kill(-pid, signal) == -1 { Glibc.kill(pid, signal) }
    }

    /// The gateway's end of its standard input, which does not block; `nil` once closed.
    var inputNumber: CInt? { input?.number }

    func closeInput() {
        guard let input = input.take() else { return }
        _ = consume input
    }

    /// Writes what its standard input takes now: the number of bytes, `nil` where the pipe is full.
    func write(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int? {
        guard let number = input?.number else { throw SystemError("write", number: EPIPE) }
        let count = bytes.count - start
        let written = unsafe bytes.withUnsafeBytes { buffer in
            unsafe Glibc.write(number, buffer.baseAddress?.advanced(by: start), count)
        }
        if written >= 0 { return written }
        if errno == EAGAIN || errno == EINTR { return nil }
        throw SystemError("write")
    }

    /// Bytes written to its standard input that it has not read.
    var unread: Int {
        guard let number = input?.number else { return 0 }
        return Int(max(0, clinux_unread(number)))
    }

    /// Reaps it; what is left of its process group dies first, while the group's number cannot have been given anew.
    fileprivate func reap() {
        Glibc.kill(-pid, SIGKILL)
        var code: CInt = 0
        guard end == nil, unsafe clinux_reap(pidfd.number, &code) != 0 else { return }
        let end = ProcessEnd(code: code)
        self.end = end
        table.loop.remove(pidfd.number)
        errors.finish()
        if !isQuiet || end != .status(0) {
            table.log.happened(.ended(end, expected: isExpectedToEnd), function: function, process: pid)
        }
        table.forget(self)
        let action = onEnd
        onEnd = nil
        action?(end)
    }
}

/// Told by the loop that a process has ended.
private final class EndHandler: ReadinessHandler {
    private let process: ChildProcess

    init(_ process: ChildProcess) {
        self.process = process
    }

    func ready(_ readiness: Readiness) {
        process.reap()
    }
}
