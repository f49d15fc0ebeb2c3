package import GatewayEventLoop
import Glibc
import Platform

/// The processes that the gateway started; lives on the loop's thread.
///
/// Where it adopts, it is their descendants' reaper: what a worker leaves behind comes to the gateway and is killed.
package final class ProcessTable {
    let loop: EventLoop
    let log: any WorkerLog
    /// Bytes just read from some process; valid until the next read.
    var scratch = [UInt8](repeating: 0, count: 64 * 1024)
    /// What became of each function's processes.
    package private(set) var figures: [String: ProcessFigures] = [:]
    private var children: [pid_t: ChildProcess] = [:]
    private let adoption: Adoption?
    private var nextSweep: Instant?
    /// Processes that templates were told to begin and have not named yet.
    var unborn = 0

    /// Makes a table; one that adopts changes the whole process (PR_SET_CHILD_SUBREAPER), so there must be one alone.
    package init(loop: EventLoop, log: any WorkerLog, adopting: Bool) {
        self.loop = loop
        self.log = log
        signal(SIGPIPE, SIG_IGN)
        adoption = adopting ? Adoption() : nil
    }

    /// Processes that run or have not been reaped yet.
    package var count: Int { children.count }

    /// The processes of one function.
    package func processes(of function: String) -> [Int32] {
        children.values.filter { $0.function == function }.map(\.pid)
    }

    /// Kills every process group at once, and what was adopted; for the gateway's own end.
    package func killAll() {
        for child in children.values { child.kill() }
        adoption?.killStrays(besides: children)
    }

    /// Starts a process; one for a single call is not worth a line in the log, nor is its end where that was orderly.
    func start(
        _ launch: Launch, function: String, forOneCall: Bool = false, input: InputKind = .pipe
    ) throws(SystemError) -> ChildProcess {
        let child = try ChildProcess(launch.spawn(input), function: function, isQuiet: forOneCall, table: self)
        children[child.pid] = child
        figures[function, default: ProcessFigures()].started += 1
        if !forOneCall { log.happened(.started, function: function, process: child.pid) }
        return child
    }

    /// Takes in a process that a template began for one call.
    func takeIn(_ spawned: consuming Spawned, function: String) throws(SystemError) -> ChildProcess {
        let child = try ChildProcess(spawned, function: function, isQuiet: true, table: self)
        children[child.pid] = child
        figures[function, default: ProcessFigures()].started += 1
        return child
    }

    /// Whether it has such a process.
    func holds(_ pid: pid_t) -> Bool { children[pid] != nil }

    /// A process is gone; what it may have left is looked for at once, but only now and then where many come and go.
    func forget(_ child: ChildProcess) {
        children[child.pid] = nil
        figures[child.function]?.count(child)
        planSweep(in: child.isQuiet ? 500 : 20)
    }

    /// Reads once into the scratch bytes; 0 is the end, `nil` that nothing is there yet.
    func readScratch(_ descriptor: borrowing Descriptor) throws(SystemError) -> Int? {
        let number = descriptor.number
        let count = unsafe scratch.withUnsafeMutableBytes { buffer in
            unsafe Glibc.read(number, buffer.baseAddress, buffer.count)
        }
        if count >= 0 { return count }
        if errno == EAGAIN || errno == EINTR { return nil }
        throw SystemError("read")
    }

    /// Looks for what ended workers left behind, and again until nothing is found.
    private func planSweep(in milliseconds: Int) {
        let time = loop.now.adding(milliseconds: milliseconds)
        if let nextSweep, nextSweep <= time { return }
        guard adoption != nil else { return }
        nextSweep = time
        loop.after(milliseconds: milliseconds) { [weak self] in self?.sweep(plannedFor: time) }
    }

    private func sweep(plannedFor time: Instant) {
        guard let adoption, nextSweep == time else { return }
        nextSweep = nil
        let strays = adoption.killStrays(besides: children, someAreUnborn: unborn > 0)
        for stray in strays.found { log.happened(.strayStopped, function: "", process: stray) }
        if let next = strays.nextLook { planSweep(in: next) }
    }
}
