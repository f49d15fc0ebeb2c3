import GatewayEventLoop
package import GatewayStack
import Platform
import Wire

/// The warm workers of one function.
package final class WarmPool: FunctionPool {
    /// Milliseconds after which a worker beyond the minimum is let go when idle.
    static let idleLimit = 30_000
    /// Milliseconds between looks at deadlines while there are calls.
    static let sweepInterval = 20

    let settings: FunctionSettings
    private let name: String
    private let launch: Launch
    private let table: ProcessTable
    private var workers: [WarmWorker] = []
    private var idle: [WarmWorker] = []
    private var queue = CallQueue()
    private var brake = StartBrake()
    private var pace = Pace()
    private var lastCall: Instant
    private var isStopping = false
    private var isSweeping = false
    private var isShrinking = false
    private var isStartPlanned = false
    /// How many workers were asked for by hand; `nil` where the function's own minimum holds.
    private var wanted: Int?

    /// Makes a pool without workers.
    package init(name: String, settings: FunctionSettings, launch: Launch, table: ProcessTable) {
        self.name = name
        self.settings = settings
        self.table = table
        lastCall = table.loop.now
        do {
            self.launch = try launch.sharing(settings.sharedMemory, of: name)
        } catch {
            // Each of its processes does without.
            self.launch = launch
            table.log.happened(.startFailed("\(error)"), function: name, process: 0)
        }
    }

    package var load: PoolLoad {
        let busy = workers.count { !$0.calls.isEmpty }
        return PoolLoad(workers: workers.count, running: running, waiting: queue.count, busy: busy)
    }

    private var running: Int { workers.reduce(0) { $0 + $1.calls.count } }

    package func start() {
        keepMinimum()
    }

    package func call(_ call: PendingCall) {
        lastCall = table.loop.now
        if wanted == 0 { wanted = nil }
        guard !isStopping else { return call.complete(.overloaded(retryAfter: 1)) }
        if settings.inFlightLimit > 0, running + queue.count >= settings.inFlightLimit {
            return call.complete(.tooManyInFlight)
        }
        beginSweeping()
        if let worker = idle.popLast() ?? startedForCall() ?? joined() {
            worker.take(call)
            worker.send()
        } else if workers.isEmpty, brake.wait(at: table.loop.now) > 0 {
            call.complete(unavailable)
        } else if queue.count < settings.queueLimit {
            queue.append(call)
        } else {
            call.complete(.overloaded(retryAfter: 1))
        }
    }

    package func stop() {
        isStopping = true
        if queue.isEmpty { for worker in idle { worker.retire() } }
    }

    private var unavailable: CallOutcome {
        .unavailable(retryAfter: (brake.wait(at: table.loop.now) + 999) / 1000)
    }
}

// MARK: - What workers report

extension WarmPool {
    /// A worker has given an answer, so many milliseconds after it began; it takes the next calls at once.
    func answered(by worker: WarmWorker, within milliseconds: Int) {
        brake.succeeded()
        pace.answered(within: milliseconds)
        switch worker.state {
        case .leaving: serveQueue()
        case .busy: refill(worker)
        case .idle:
            refill(worker)
            if worker.state == .busy { return }
            if isStopping { return worker.retire() }
            idle.append(worker)
            beginShrinking()
        }
    }

    /// Gives a worker calls that wait: one, or as many ahead as its function's pace allows once half of them are done.
    private func refill(_ worker: WarmWorker) {
        guard !queue.isEmpty else { return }
        let ahead = pace.isFast || settings.together ? settings.framesAhead : 1
        guard worker.calls.count <= ahead / 2 else { return }
        var hasTaken = false
        let most = min(ahead, settings.callsLeft(after: worker.served))
        while worker.calls.count < most, mayTakeNext(worker), let next = queue.next() {
            worker.take(next)
            hasTaken = true
        }
        if hasTaken { worker.send() }
    }

    /// Of calls that are taken together and that a worker has died of, nobody knows which it was: they go one by one.
    private func mayTakeNext(_ worker: WarmWorker) -> Bool {
        !settings.together || worker.calls.isEmpty || queue.isFresh && worker.isOpen
    }

    /// A worker takes no more calls.
    func left(_ worker: WarmWorker) {
        workers.removeAll { $0 === worker }
        idle.removeAll { $0 === worker }
        fillUpLater()
    }

    /// A process has ended; calls that it cannot have begun go to another. Where it took several together it may have
    /// begun all of them, which bear that; so does the first then.
    func ended(_ what: WorkerEnd) {
        if what.failedToStart { planStart(in: brake.failed(at: table.loop.now)) }
        for (index, call) in what.calls.enumerated().reversed() {
            let isRepeated = settings.together && what.calls.count > 1 && call.attempts < 3
            if index == 0, what.begunFirst, !isRepeated {
                call.complete(.died(what.end))
            } else if call.attempts < 3, !(what.failedToStart && call.attempts > 1) {
                queue.prepend(call)
            } else {
                call.complete(unavailable)
            }
        }
        fillUpLater()
    }

    private func fillUpLater() {
        table.loop.atEndOfTurn { [weak self] in
            self?.serveQueue()
            self?.keepMinimum()
        }
    }
}

// MARK: - Starting and letting go

extension WarmPool {
    private func startedForCall() -> WarmWorker? {
        guard workers.count < settings.maximum, brake.wait(at: table.loop.now) == 0 else { return nil }
        return startWorker()
    }

    /// The busy worker with the fewest calls, where it takes several together and has room for one.
    private func joined() -> WarmWorker? {
        guard settings.together, queue.isEmpty else { return nil }
        let open = workers.filter { worker in
            let most = min(settings.framesAhead, settings.callsLeft(after: worker.served))
            return worker.isOpen && worker.calls.count < most
        }
        return open.min { $0.calls.count < $1.calls.count }
    }

    private func startWorker() -> WarmWorker? {
        do {
            let worker = try WarmWorker(table.start(launch, function: name), pool: self, table: table)
            workers.append(worker)
            return worker
        } catch {
            table.log.happened(.startFailed("\(error)"), function: name, process: 0)
            planStart(in: brake.failed(at: table.loop.now))
            return nil
        }
    }

    private func serveQueue() {
        while !queue.isEmpty {
            guard let worker = idle.popLast() ?? startedForCall() else { break }
            guard let call = queue.next() else {
                idle.append(worker)
                break
            }
            worker.take(call)
            worker.send()
        }
        guard workers.isEmpty, brake.wait(at: table.loop.now) > 0 else { return }
        while let call = queue.next() { call.complete(unavailable) }
    }

    private func keepMinimum() {
        while !isStopping, workers.count < floor, brake.wait(at: table.loop.now) == 0 {
            guard let worker = startWorker() else { return }
            idle.append(worker)
        }
    }

    package func scale(to workers: Int) {
        lastCall = table.loop.now
        wanted = min(workers, settings.maximum)
        while let worker = idle.first, self.workers.count > floor { worker.retire() }
        keepMinimum()
        beginShrinking()
    }

    package var floor: Int {
        isToBeEmpty ? 0 : wanted ?? settings.minimum
    }

    /// Whether it has been without a call for so long that it needs no worker, however many were asked for.
    private var isToBeEmpty: Bool {
        settings.scalesToZero && table.loop.now.milliseconds(since: lastCall) >= settings.zeroDuration
    }

    private func planStart(in milliseconds: Int) {
        guard !isStartPlanned, !isStopping else { return }
        isStartPlanned = true
        table.loop.after(milliseconds: milliseconds) { [weak self] in
            self?.isStartPlanned = false
            self?.serveQueue()
            self?.keepMinimum()
        }
    }

    private func beginShrinking() {
        guard !isShrinking, settings.scalesToZero || workers.count > floor else { return }
        isShrinking = true
        table.loop.every(milliseconds: 1_000) { [weak self] in self?.shrink() ?? false }
    }

    /// Lets go what has been idle long enough; false once there is nothing to look after.
    private func shrink() -> Bool {
        if isToBeEmpty { wanted = nil }
        let floor = floor
        let now = table.loop.now
        while workers.count > floor, let oldest = idle.first,
            settings.scalesToZero && floor == 0 || now.milliseconds(since: oldest.idleSince) >= Self.idleLimit
        {
            oldest.retire()
        }
        isShrinking = !isStopping && (workers.count > floor || (settings.scalesToZero && !workers.isEmpty))
        return isShrinking
    }
}

// MARK: - Deadlines

extension WarmPool {
    private func beginSweeping() {
        guard !isSweeping else { return }
        isSweeping = true
        table.loop.every(milliseconds: Self.sweepInterval) { [weak self] in self?.sweep() ?? false }
    }

    /// Ends what is late; false once there are no calls.
    private func sweep() -> Bool {
        let now = table.loop.now
        for worker in workers {
            if let deadline = worker.calls.first?.deadline, deadline <= now { worker.stopAtDeadline() }
        }
        let patience = UInt64(settings.queueWait) * 1_000_000
        if !queue.isEmpty, now.nanoseconds > patience {
            let late = queue.arrived(before: Instant(nanoseconds: now.nanoseconds - patience))
            for call in late { call.complete(.overloaded(retryAfter: 1)) }
        }
        isSweeping = idle.count < workers.count || !queue.isEmpty
        return isSweeping
    }
}
