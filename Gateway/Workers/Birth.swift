import CLinux
import Platform

/// A process that a template was told to begin: the gateway's ends of its streams, until it has an id.
final class Birth {
    /// When it was ordered.
    let since: Instant
    private var ends: Ends?
    private let completion: (ChildProcess?) -> Void

    private struct Ends: ~Copyable {
        let input: Descriptor
        let output: Descriptor
        let errors: Descriptor
    }

    /// Orders it on the template's channel; `completion` is told of the process once, or that there is none.
    init(
        on channel: CInt, limits: ProcessLimits, at now: Instant, _ completion: @escaping (ChildProcess?) -> Void
    ) throws(SystemError) {
        since = now
        self.completion = completion
        let input = try Pipe()
        let output = try Pipe()
        let errors = try Pipe()
        try input.writeWithoutBlocking()
        try output.readWithoutBlocking()
        try errors.readWithoutBlocking()
        let result = clinux_order_child(
            channel, input.reader.number, output.writer.number, errors.writer.number,
            UInt64(limits.processorSeconds ?? 0), UInt64(limits.processes ?? 0))
        if result == -1 { throw SystemError("sendmsg") }
        ends = Ends(input: input.writerAlone(), output: output.readerAlone(), errors: errors.readerAlone())
    }

    /// It has this id, which must be that of a child of the gateway's that nobody knows yet.
    func succeeded(_ pid: Int32, function: String, in table: ProcessTable) {
        guard let ends = ends.take(), !table.holds(pid) else { return failed() }
        let pidfd = clinux_own_child(pid)
        guard pidfd != -1 else { return failed() }
        let spawned = Spawned(
            pid: pid, pidfd: Descriptor(owning: pidfd), input: ends.input, output: ends.output, errors: ends.errors)
        completion(try? table.takeIn(spawned, function: function))
    }

    /// There is none.
    func failed() {
        ends = nil
        completion(nil)
    }
}
