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
    let spares: SpareProcesses
    /// What has answered and not ended yet, and when it answered.
    private var lingering: [ObjectIdentifier: (run: OneShotRun, since: Instant)] = [:]
    private var lastCall: Instant
    private var watchesIdleness = false

    /// Calls that wait for a copy of the template.
    private var expecting = 0

    /// Makes a pool; `contentType` is that of answers that do not name theirs. So many processes are started ahead, and
    /// each is a copy of what is started as `template` says, which only programs that are built on the runtime can be.
    package init(
        name: String, settings: FunctionSettings, launch: Launch, contentType: String, startedAhead: Int = 0,
        template: Launch? = nil, table: ProcessTable
    ) {
        let original = template.map {
            TemplateProcess(name: name, launch: $0, limits: launch.limits, table: table)
        }
        spares = SpareProcesses(name: name, launch: launch, limit: startedAhead, template: original, table: table)
        lastCall = table.loop.now
        self.name = name
        self.settings = settings
        self.launch = launch
        self.contentType = contentType
        self.table = table
    }

    package var load: PoolLoad {
        PoolLoad(workers: taken + spares.count, running: taken, waiting: queue.count)
    }

    /// Processes that answer a call, or are to.
    private var taken: Int { runs.count + expecting }

    package func start() {
        if settings.minimum > 0 { refill() }
    }

    package func call(_ call: PendingCall) {
        guard !isStopping else { return call.complete(.overloaded(retryAfter: 1)) }
        lastCall = table.loop.now
        let inFlight = taken + queue.count
        if settings.inFlightLimit > 0, inFlight >= settings.inFlightLimit { return call.complete(.tooManyInFlight) }
        beginSweeping()
        if taken < settings.maximum {
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
        spares.succeeded()
        lingering[ObjectIdentifier(run)] = (run, table.loop.now)
    }

    /// Its process has ended.
    func isGone(_ run: OneShotRun) {
        lingering[ObjectIdentifier(run)] = nil
    }

    /// A process that was started ahead ended before it read its call, which another one gets.
    func wasNotBegun(_ run: OneShotRun) {
        runs.removeAll { $0 === run }
        spares.failed()
        start(run.call)
    }

    private func serveQueue() {
        while taken < settings.maximum, let call = queue.next() { run(call) }
    }

    /// The next process is started once this call has its answer, unless it has taken the last one.
    private func run(_ call: PendingCall) {
        defer { if spares.count == 0 { refill() } }
        if let spare = spares.take() { return give(call, to: spare) }
        if spares.copy({ [weak self] in self?.came($0, for: call) }) {
            expecting += 1
        } else {
            start(call)
        }
    }

    /// A copy is there, or none could be had.
    private func came(_ process: ChildProcess?, for call: PendingCall) {
        expecting -= 1
        guard !call.isGone else {
            if let process { spares.keep(process) }
            return serveQueue()
        }
        if let process { give(call, to: process) } else { start(call) }
    }

    private func give(_ call: PendingCall, to process: ChildProcess) {
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
        isSweeping = taken > 0 || !queue.isEmpty || !lingering.isEmpty
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
        watchesIdleness = !spares.isGone && !isStopping
        return watchesIdleness
    }
}
