import GatewayEventLoop
import GatewayStack
import Platform
import Wire

/// One call in a process of its own: what it is asked on its standard input, the answer from its standard output.
final class OneShotRun: ReadinessHandler {
    let process: ChildProcess
    let call: PendingCall
    private unowned let pool: OneShotPool
    private let table: ProcessTable
    private let manner: CallManner
    private let body: [UInt8]
    private var written = 0
    private var waitsToWrite = false
    private var output: [UInt8] = []
    private var listens = false
    private var isOver = false

    /// `body` is what it is asked: the content, or the call's frame.
    init(
        _ process: ChildProcess, _ call: PendingCall, _ manner: CallManner, body: [UInt8], pool: OneShotPool,
        table: ProcessTable
    ) {
        self.manner = manner
        self.process = process
        self.call = call
        self.body = body
        self.pool = pool
        self.table = table
    }

    func begin() {
        process.onEnd = { [self] end in ended(end) }
        do {
            try table.loop.add(process.output.number, for: .read, self)
            listens = true
            writeOn()
        } catch {
            process.kill()
        }
    }

    /// Ends it at the deadline.
    func stopAtDeadline() {
        table.log.happened(.stoppedAtDeadline, function: process.function, process: process.pid)
        process.stop()
        finish(.deadline)
    }

    func ready(_ readiness: Readiness) {
        if !readOnce() { return stopListening() }
        guard manner == .frame else { return }
        switch FrameAnswer.read(output, limit: pool.settings.replyLimit) {
        case .whole(let reply):
            pool.lingers(self)
            finish(.reply(reply))
        case .fault(let fault): stop(for: fault)
        case .partial: break
        }
    }

    private func stop(for fault: WorkerFault) {
        table.log.happened(.stoppedForFault(fault), function: process.function, process: process.pid)
        process.kill()
        finish(.fault(fault))
    }

    /// False where there is nothing more to come.
    private func readOnce() -> Bool {
        guard let count = try? table.readScratch(process.output) else { return true }
        guard count > 0 else { return false }
        guard output.count + count <= pool.settings.replyLimit + 64 * 1024 else {
            stop(for: .tooLarge)
            return false
        }
        output.append(contentsOf: table.scratch[..<count])
        return true
    }

    private func writeOn() {
        while written < body.count {
            guard let count = try? process.write(body, from: written) else {
                return process.inputNumber == nil ? () : awaitRoom()
            }
            written += count
        }
        if manner == .content { closeInput() }
    }

    private func awaitRoom() {
        guard !waitsToWrite, let number = process.inputNumber else { return }
        waitsToWrite = true
        try? table.loop.add(number, for: .write, RoomHandler { [weak self] in self?.roomOrEnd() })
    }

    /// Writes on, or gives up where the process reads no more, which is its right.
    private func roomOrEnd() {
        do {
            guard written < body.count, let count = try process.write(body, from: written) else { return }
            written += count
            writeOn()
        } catch {
            closeInput()
        }
    }

    private func closeInput() {
        if waitsToWrite, let number = process.inputNumber { table.loop.remove(number) }
        waitsToWrite = false
        process.closeInput()
    }

    private func stopListening() {
        guard listens else { return }
        listens = false
        table.loop.remove(process.output.number)
    }

    private func ended(_ end: ProcessEnd) {
        pool.isGone(self)
        for _ in 0..<16 where listens && !isOver {
            guard readOnce() else { break }
        }
        guard !isOver else { return }
        if manner == .frame, output.isEmpty, process.unread == written {
            isOver = true
            stopListening()
            return pool.wasNotBegun(self)
        }
        finish(outcome(end))
    }

    private func outcome(_ end: ProcessEnd) -> CallOutcome {
        if manner == .frame {
            let answer = FrameAnswer.read(output, limit: pool.settings.replyLimit)
            if case .whole(let reply) = answer { return .reply(reply) }
            return .died(end)
        }
        if case .signal = end { return .died(end) }
        if let reply = Reply(cgi: output) { return .reply(reply) }
        guard end == .status(0) else { return .died(end) }
        return .reply(Reply(headers: [HeaderField("content-type", pool.contentType)], body: output))
    }

    private func finish(_ outcome: CallOutcome) {
        guard !isOver else { return }
        isOver = true
        stopListening()
        closeInput()
        pool.finished(self)
        call.complete(outcome)
    }
}
