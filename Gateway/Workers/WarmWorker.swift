import GatewayEventLoop
import GatewayStack
import Platform
import Wire

/// A warm process: takes a frame, answers a frame, one at a time.
final class WarmWorker: ReadinessHandler {
    /// What it is doing.
    enum State {
        case idle
        case busy
        /// It takes no more calls and is on its way out.
        case leaving
    }

    let process: ChildProcess
    private(set) var state = State.idle
    private(set) var call: PendingCall?
    /// When it became idle.
    private(set) var idleSince: Instant
    private unowned let pool: WarmPool
    private let table: ProcessTable
    private var written = 0
    private var waitsToWrite = false
    private var inbox: [UInt8] = []
    private var served = 0
    private var listens = true

    init(_ process: ChildProcess, pool: WarmPool, table: ProcessTable) throws(SystemError) {
        self.process = process
        self.pool = pool
        self.table = table
        idleSince = table.loop.now
        try table.loop.add(process.output.number, for: .read, self)
        process.onEnd = { [self] end in ended(end) }
    }

    /// Gives it a call; it must be idle.
    func begin(_ call: PendingCall) {
        state = .busy
        self.call = call
        call.attempts += 1
        written = 0
        setDeadline(of: call)
        writeOn()
    }

    /// Ends its call at the deadline.
    func stopAtDeadline() {
        table.log.happened(.stoppedAtDeadline, function: process.function, process: process.pid)
        let call = leave()
        process.stop()
        call?.complete(.deadline)
    }

    /// Lets it go after its last call.
    func retire() {
        _ = leave()
        process.retire()
    }

    /// Called by the loop when its answer, or its end, is there to be read.
    func ready(_ readiness: Readiness) {
        do {
            guard let count = try table.readScratch(process.output) else { return }
            if count == 0 { return hungUp() }
            received(count)
        } catch {
            hungUp()
        }
    }

    private func setDeadline(of call: PendingCall) {
        guard call.timeout > 0 else { return }
        let deadline = table.loop.now.adding(milliseconds: call.timeout)
        call.deadline = deadline
        InvocationFrame.setDeadline(deadline.nanoseconds, in: &call.frame)
    }
}

// MARK: - Writing

extension WarmWorker {
    private func writeOn() {
        guard let call else { return }
        do {
            while written < call.frame.count {
                guard let count = try process.write(call.frame, from: written) else { return awaitRoom() }
                written += count
            }
            stopAwaitingRoom()
        } catch {
            stopAwaitingRoom()
            hungUp()
        }
    }

    private func awaitRoom() {
        guard !waitsToWrite, let number = process.inputNumber else { return }
        waitsToWrite = true
        let handler = RoomHandler { [weak self] in self?.writeOn() }
        try? table.loop.add(number, for: .write, handler)
    }

    private func stopAwaitingRoom() {
        guard waitsToWrite, let number = process.inputNumber else { return }
        waitsToWrite = false
        table.loop.remove(number)
    }
}

// MARK: - Reading

extension WarmWorker {
    private func received(_ count: Int) {
        guard state == .busy else { return state == .idle ? fault(.unasked) : () }
        if inbox.isEmpty, let length = frameLength(table.scratch, count), length == count {
            return answered(table.scratch[Frame.prefixLength..<count], excess: false)
        }
        guard state == .busy else { return }
        inbox.append(contentsOf: table.scratch[..<count])
        guard let length = frameLength(inbox, inbox.count), inbox.count >= length else { return }
        let frame = inbox
        inbox = []
        answered(frame[Frame.prefixLength..<length], excess: frame.count > length)
    }

    /// The whole frame's length once its prefix is there; stops the worker where that is too long.
    private func frameLength(_ bytes: [UInt8], _ count: Int) -> Int? {
        guard count >= Frame.prefixLength else { return nil }
        let limit = pool.settings.replyLimit + 64 * 1024
        do {
            return try Frame.prefixLength + Frame.length(prefix: bytes, limit: limit)
        } catch {
            fault(isPlausible(bytes[3]) ? .tooLarge : .garbled)
            return nil
        }
    }

    /// Tells an answer that is too long from text that is no frame: no answer has more than 256 MiB.
    private func isPlausible(_ highByte: UInt8) -> Bool {
        highByte < 16
    }

    private func answered(_ content: ArraySlice<UInt8>, excess: Bool) {
        guard let reply = try? Reply(parsing: content) else { return fault(.garbled) }
        guard reply.body.count <= pool.settings.replyLimit else { return fault(.tooLarge) }
        let wasWhole = written == call?.frame.count
        let call = call.take()
        served += 1
        if excess || !wasWhole {
            fault(excess ? .unasked : .garbled)
        } else if reply.retires || served == pool.settings.recycleAfter {
            retire()
        } else {
            state = .idle
            idleSince = table.loop.now
        }
        pool.answered(by: self)
        call?.complete(.reply(reply))
    }
}

// MARK: - Ending

extension WarmWorker {
    /// Takes it out of service; answers the call that it leaves behind.
    private func leave() -> PendingCall? {
        state = .leaving
        stopAwaitingRoom()
        stopListening()
        pool.left(self)
        return call.take()
    }

    private func stopListening() {
        guard listens else { return }
        listens = false
        table.loop.remove(process.output.number)
    }

    private func fault(_ fault: WorkerFault) {
        table.log.happened(.stoppedForFault(fault), function: process.function, process: process.pid)
        let call = leave()
        process.kill()
        call?.complete(.fault(fault))
    }

    /// Its side of a pipe is closed: it has ended and the kernel will say so, or it is at fault.
    private func hungUp() {
        stopListening()
        guard state != .leaving else { return }
        table.loop.after(milliseconds: 100) { [weak self] in
            guard let self, state != .leaving else { return }
            fault(.hungUp)
        }
    }

    private func ended(_ end: ProcessEnd) {
        guard state != .leaving else { return }
        while listens, state == .busy, let count = try? table.readScratch(process.output), count > 0 {
            received(count)
        }
        guard state != .leaving else { return }
        let neverRead = call != nil && process.unread == written
        let call = leave()
        pool.ended(call, end, neverRead: neverRead, failedToStart: served == 0 && (neverRead || call == nil))
    }
}
