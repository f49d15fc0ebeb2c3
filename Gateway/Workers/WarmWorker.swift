import GatewayEventLoop
import GatewayStack
import Platform
import Wire

/// A warm process: takes frames, and answers each with a frame, in order.
///
/// It works on the first of its calls alone; those behind it wait in its pipe, so that it need not sleep in between.
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
    /// The calls that it was given and has not answered.
    private(set) var calls: [PendingCall] = []
    /// When it became idle.
    private(set) var idleSince: Instant
    /// Calls that it has answered.
    private(set) var served = 0
    private unowned let pool: WarmPool
    private let table: ProcessTable
    /// Bytes of frames that may be kept though they are written.
    private static let mostWritten = 64 * 1024
    private var outbox: [UInt8] = []
    private var written = 0
    private var waitsToWrite = false
    private var inbox: [UInt8] = []
    private var listens = true
    private var asksToLeave = false
    private var hasHungUp = false
    /// Whether another call may be put behind those that it has: none behind one that a worker may have died of.
    var isOpen: Bool { !hasHungUp && state == .busy && calls.allSatisfy { $0.attempts == 1 } }
    /// When it began its first call.
    private var begun: Instant

    init(_ process: ChildProcess, pool: WarmPool, table: ProcessTable) throws(SystemError) {
        self.process = process
        self.pool = pool
        self.table = table
        idleSince = table.loop.now
        begun = idleSince
        try table.loop.add(process.output.number, for: .read, self)
        process.onEnd = { [self] end in ended(end) }
    }

    /// Gives it a call; its frame goes out with the next `send()`.
    func take(_ call: PendingCall) {
        state = .busy
        call.attempts += 1
        let deadline = call.timeout > 0 ? table.loop.now.adding(milliseconds: call.timeout) : nil
        InvocationFrame.setDeadline(deadline?.nanoseconds ?? 0, in: &call.frame)
        calls.append(call)
        if calls.count == 1 { beginFirst() }
        if written > Self.mostWritten {
            outbox.removeFirst(written)
            written = 0
        }
        if outbox.isEmpty { outbox = call.frame } else { outbox += call.frame }
    }

    /// Writes what its pipe takes of the frames that it was given; the rest follows when there is room.
    func send() {
        do {
            while written < outbox.count {
                guard let count = try process.write(outbox, from: written) else { return awaitRoom() }
                written += count
            }
            outbox = []
            written = 0
            stopAwaitingRoom()
            table.loop.expectSoon()
        } catch {
            stopAwaitingRoom()
            awaitEnd()
        }
    }

    /// Ends its first call at the deadline; what becomes of the others is settled when it is gone.
    func stopAtDeadline() {
        table.log.happened(.stoppedAtDeadline, function: process.function, process: process.pid)
        leave()
        if calls.count > 1 { process.kill() } else { process.stop() }
        calls.first?.complete(.deadline)
    }

    /// Lets it go after its last call.
    func retire() {
        leave()
        process.retire()
    }

    /// Called by the loop when an answer, or its end, is there to be read.
    func ready(_ readiness: Readiness) {
        do {
            guard let count = try table.readScratch(process.output) else { return }
            if count > 0 { return received(count) }
            stopListening()
            awaitEnd()
        } catch {
            stopListening()
            awaitEnd()
        }
    }

    private func beginFirst() {
        begun = table.loop.now
        guard let call = calls.first, call.timeout > 0 else { return }
        call.deadline = begun.adding(milliseconds: call.timeout)
    }

    private func awaitRoom() {
        guard !waitsToWrite, let number = process.inputNumber else { return }
        waitsToWrite = true
        try? table.loop.add(number, for: .write, RoomHandler { [weak self] in self?.send() })
    }

    private func stopAwaitingRoom() {
        guard waitsToWrite, let number = process.inputNumber else { return }
        waitsToWrite = false
        table.loop.remove(number)
    }
}

// MARK: - Reading

extension WarmWorker {
    /// Takes the answers that have arrived; what is no whole frame yet is kept.
    private func received(_ count: Int) {
        guard !calls.isEmpty else { return state == .idle ? fault(.unasked) : () }
        guard inbox.isEmpty else { return receivedMore(count) }
        guard let length = frameLength(table.scratch, at: 0, end: count) else {
            return calls.isEmpty ? () : receivedMore(count)
        }
        if length == count {
            answered(table.scratch[Frame.prefixLength..<count], hasExcess: false)
        } else {
            receivedMore(count)
        }
    }

    private func receivedMore(_ count: Int) {
        inbox.append(contentsOf: table.scratch[..<count])
        var start = 0
        while !calls.isEmpty, let length = frameLength(inbox, at: start, end: inbox.count) {
            let end = start + length
            guard end <= inbox.count else { break }
            answered(inbox[(start + Frame.prefixLength)..<end], hasExcess: end < inbox.count)
            start = end
        }
        inbox.removeFirst(start)
    }

    /// The length of the frame that begins at `start`, once its prefix is there; stops the worker where it is too long.
    private func frameLength(_ bytes: [UInt8], at start: Int, end: Int) -> Int? {
        guard end - start >= Frame.prefixLength else { return nil }
        let limit = pool.settings.replyLimit + 64 * 1024
        do {
            return try Frame.prefixLength + Frame.length(prefix: bytes, at: start, limit: limit)
        } catch {
            // No answer has 256 MiB: what claims so is text.
            fault(bytes[start + 3] < 16 ? .tooLarge : .garbled)
            return nil
        }
    }

    private func answered(_ content: ArraySlice<UInt8>, hasExcess: Bool) {
        guard let reply = try? Reply(parsing: content) else { return fault(.garbled) }
        guard reply.body.count <= pool.settings.replyLimit else { return fault(.tooLarge) }
        let call = calls.removeFirst()
        served += 1
        let duration = table.loop.now.milliseconds(since: begun)
        beginFirst()
        if state == .busy { goOn(after: reply, hasExcess: hasExcess, duration: duration) }
        call.complete(.reply(reply))
    }

    private func goOn(after reply: Reply, hasExcess: Bool, duration: Int) {
        if calls.isEmpty, hasExcess || written < outbox.count {
            fault(hasExcess ? .unasked : .garbled)
        } else if reply.retires {
            asksToLeave = true
            retire()
        } else if calls.isEmpty, pool.settings.callsLeft(after: served) == 0 {
            retire()
        } else if calls.isEmpty {
            state = .idle
            idleSince = table.loop.now
        }
        pool.answered(by: self, within: duration)
    }
}

// MARK: - Ending

extension WarmWorker {
    /// Takes it out of service.
    private func leave() {
        state = .leaving
        stopAwaitingRoom()
        pool.left(self)
    }

    private func stopListening() {
        guard listens else { return }
        listens = false
        table.loop.remove(process.output.number)
    }

    /// Kills it; since it broke the rules, nobody knows which of its calls it has begun, so that none is given away.
    private func fault(_ fault: WorkerFault) {
        table.log.happened(.stoppedForFault(fault), function: process.function, process: process.pid)
        leave()
        stopListening()
        process.kill()
        let abandoned = calls
        calls = []
        for call in abandoned { call.complete(.fault(fault)) }
    }

    /// Its side of a pipe is closed: it has ended and the kernel will say so, or it is at fault.
    private func awaitEnd() {
        guard state != .leaving else { return }
        hasHungUp = true
        table.loop.after(milliseconds: 100) { [weak self] in
            guard let self, state != .leaving else { return }
            fault(.hungUp)
        }
    }

    /// It is gone: what it still answered is taken, and the pool decides on the calls that are left.
    private func ended(_ end: ProcessEnd) {
        let wasLeaving = state == .leaving
        if !wasLeaving { leave() }
        while !calls.isEmpty, let count = try? table.readScratch(process.output), count > 0 { received(count) }
        stopListening()
        let bytesOut = calls.reduce(0) { $0 + $1.frame.count } - (outbox.count - written)
        let neverRead = !calls.isEmpty && process.unread == bytesOut
        let left = calls
        calls = []
        pool.ended(
            WorkerEnd(
                end: end, calls: left, begunFirst: !neverRead && !asksToLeave,
                failedToStart: !wasLeaving && served == 0 && (neverRead || left.isEmpty)))
    }
}
