import GatewayEventLoop
import Platform

/// What a process writes on its standard error, passed to the log line by line; read a little at a time.
final class ErrorStream: ReadinessHandler {
    private let descriptor: Descriptor
    private let pid: Int32
    private let function: String
    private unowned let table: ProcessTable
    private var lines: LineSplitter
    private var isOpen = false

    init(_ descriptor: consuming Descriptor, pid: Int32, function: String, table: ProcessTable) {
        self.descriptor = descriptor
        self.pid = pid
        self.function = function
        self.table = table
        lines = LineSplitter(now: table.loop.now)
    }

    func start() throws(SystemError) {
        try table.loop.add(descriptor.number, for: .read, self)
        isOpen = true
    }

    func ready(_ readiness: Readiness) {
        if !readOnce() { close() }
    }

    /// Reads what is still there, at most as much as a pipe holds, and closes.
    func finish() {
        for _ in 0..<4 where isOpen && readOnce() {}
        close()
        lines.end { [table, function, pid] line in table.log.wrote(line, function: function, process: pid) }
        reportDropped()
    }

    /// False where there is nothing more to come.
    private func readOnce() -> Bool {
        guard let count = try? table.readScratch(descriptor) else { return true }
        guard count > 0 else { return false }
        lines.take(table.scratch[..<count], now: table.loop.now) { [table, function, pid] line in
            table.log.wrote(line, function: function, process: pid)
        }
        if lines.isLetting { reportDropped() }
        return true
    }

    private func reportDropped() {
        guard lines.dropped > 0 else { return }
        table.log.happened(.linesDropped(lines.takeDropped()), function: function, process: pid)
    }

    private func close() {
        guard isOpen else { return }
        isOpen = false
        table.loop.remove(descriptor.number)
    }
}
