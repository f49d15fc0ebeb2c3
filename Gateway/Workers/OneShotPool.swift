import GatewayEventLoop
package import GatewayStack
import Platform
import Wire

/// Runs a function as OpenFaaS's watchdogs do: a process for each call, which may have been started ahead.
package final class OneShotPool: FunctionPool {
    let settings: FunctionSettings
    /// The media type of answers that do not name theirs.
    let contentType: String
    private let name: String
    private let launch: Launch
    private let table: ProcessTable
    private var runs: [OneShotRun] = []
    private var queue = CallQueue()
    private var isStopping = false
    private var isSweeping = false
    private let spares: SpareProcesses
    /// What has answered and not ended yet, and when it answered.
    private var lingering: [ObjectIdentifier: (run: OneShotRun, since: Instant)] = [:]
    private var lastCall: Instant
    private var watchesIdleness = false

    /// Makes a pool; `contentType` is that of answers that do not name theirs. So many processes are started ahead,
    /// which only a program that is built on the runtime can be.
    package init(
        name: String, settings: FunctionSettings, launch: Launch, contentType: String, startedAhead: Int = 0,
        table: ProcessTable
    ) {
        spares = SpareProcesses(name: name, launch: launch, limit: startedAhead, table: table)
        lastCall = table.loop.now
        self.name = name
        self.settings = settings
        self.launch = launch
        self.contentType = contentType
        self.table = table
    }

    package var load: PoolLoad {
        PoolLoad(workers: runs.count + spares.count, running: runs.count, waiting: queue.count)
    }

    package func start() {
        if settings.minimum > 0 { refill() }
    }

    package func call(_ call: PendingCall) {
        guard !isStopping else { return call.complete(.overloaded(retryAfter: 1)) }
        lastCall = table.loop.now
        let inFlight = runs.count + queue.count
        if settings.inFlightLimit > 0, inFlight >= settings.inFlightLimit { return call.complete(.tooManyInFlight) }
        beginSweeping()
        if runs.count < settings.maximum {
            run(call)
        } else if queue.count < settings.queueLimit {
            queue.append(call)
        } else {
            call.complete(.overloaded(retryAfter: 1))
        }
    }

    package func stop() {
        isStopping = true
        spares.stop()
    }

    func finished(_ run: OneShotRun) {
        runs.removeAll { $0 === run }
        table.loop.atEndOfTurn { [weak self] in
            self?.serveQueue()
            self?.refill()
        }
    }

    /// It has answered and is to end by itself.
    func lingers(_ run: OneShotRun) {
        lingering[ObjectIdentifier(run)] = (run, table.loop.now)
    }

    /// Its process has ended.
    func isGone(_ run: OneShotRun) {
        lingering[ObjectIdentifier(run)] = nil
    }

    /// A process that was started ahead ended before it read its call, which another one gets.
    func wasNotBegun(_ run: OneShotRun) {
        runs.removeAll { $0 === run }
        start(run.call)
    }

    private func serveQueue() {
        while runs.count < settings.maximum, let call = queue.next() { run(call) }
    }

    /// The next process is started once this call has its answer, unless it has taken the last one.
    private func run(_ call: PendingCall) {
        let spare = spares.take()
        defer { if spares.count == 0 { refill() } }
        guard let process = spare else { return start(call) }
        if call.timeout > 0 { call.deadline = table.loop.now.adding(milliseconds: call.timeout) }
        InvocationFrame.setDeadline(call.deadline?.nanoseconds ?? 0, in: &call.frame)
        let run = OneShotRun(process, call, .frame, body: call.frame, pool: self, table: table)
        runs.append(run)
        run.begin()
    }

    private func start(_ call: PendingCall) {
        guard let invocation = try? Invocation(parsing: call.frame[Frame.prefixLength...]) else {
            return call.complete(.unavailable(retryAfter: 1))
        }
        var launch = launch
        launch.environment += WatchdogEnvironment.variables(for: invocation)
        do {
            let process = try table.start(launch, function: name, forOneCall: true)
            if call.timeout > 0 { call.deadline = table.loop.now.adding(milliseconds: call.timeout) }
            let run = OneShotRun(process, call, .content, body: invocation.body, pool: self, table: table)
            runs.append(run)
            run.begin()
        } catch {
            table.log.happened(.startFailed("\(error)"), function: name, process: 0)
            call.complete(.unavailable(retryAfter: 1))
        }
    }

    private func beginSweeping() {
        guard !isSweeping else { return }
        isSweeping = true
        table.loop.every(milliseconds: WarmPool.sweepInterval) { [weak self] in self?.sweep() ?? false }
    }

    private func sweep() -> Bool {
        let now = table.loop.now
        for run in runs {
            if let deadline = run.call.deadline, deadline <= now { run.stopAtDeadline() }
        }
        let patience = UInt64(settings.queueWait) * 1_000_000
        if !queue.isEmpty, now.nanoseconds > patience {
            let late = queue.arrived(before: Instant(nanoseconds: now.nanoseconds - patience))
            for call in late { call.complete(.overloaded(retryAfter: 1)) }
        }
        for (run, since) in lingering.values where now.milliseconds(since: since) >= Self.patience {
            lingering[ObjectIdentifier(run)] = nil
            run.process.kill()
        }
        isSweeping = !runs.isEmpty || !queue.isEmpty || !lingering.isEmpty
        return isSweeping
    }
}

// MARK: - Processes started ahead

extension OneShotPool {
    /// Milliseconds that a process may take to end after its answer.
    private static let patience = 2_000

    private func refill() {
        guard !isStopping else { return }
        spares.refill()
        guard !watchesIdleness, settings.scalesToZero || settings.minimum == 0 else { return }
        watchesIdleness = true
        table.loop.every(milliseconds: 1_000) { [weak self] in self?.watchIdleness() ?? false }
    }

    /// Lets go what waits for calls that do not come; false once nothing waits.
    private func watchIdleness() -> Bool {
        let limit = settings.scalesToZero ? settings.zeroDuration : WarmPool.idleLimit
        if table.loop.now.milliseconds(since: lastCall) >= limit { spares.letGo() }
        watchesIdleness = spares.count > 0 && !isStopping
        return watchesIdleness
    }
}
