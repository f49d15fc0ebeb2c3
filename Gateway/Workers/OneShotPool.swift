import GatewayEventLoop
package import GatewayStack
import Platform
import Wire

/// Runs a function as OpenFaaS's watchdogs do: a process for each call.
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

    /// Makes a pool; `contentType` is that of answers that do not name theirs.
    package init(
        name: String, settings: FunctionSettings, launch: Launch, contentType: String, table: ProcessTable
    ) {
        self.name = name
        self.settings = settings
        self.launch = launch
        self.contentType = contentType
        self.table = table
    }

    package var load: PoolLoad {
        PoolLoad(workers: runs.count, running: runs.count, waiting: queue.count)
    }

    package func start() {}

    package func call(_ call: PendingCall) {
        guard !isStopping else { return call.complete(.overloaded(retryAfter: 1)) }
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
    }

    func finished(_ run: OneShotRun) {
        runs.removeAll { $0 === run }
        table.loop.atEndOfTurn { [weak self] in self?.serveQueue() }
    }

    private func serveQueue() {
        while runs.count < settings.maximum, let call = queue.next() { run(call) }
    }

    private func run(_ call: PendingCall) {
        guard let invocation = try? Invocation(parsing: call.frame[Frame.prefixLength...]) else {
            return call.complete(.unavailable(retryAfter: 1))
        }
        var launch = launch
        launch.environment += WatchdogEnvironment.variables(for: invocation)
        do {
            let process = try table.start(launch, function: name, forOneCall: true)
            if call.timeout > 0 { call.deadline = table.loop.now.adding(milliseconds: call.timeout) }
            let run = OneShotRun(process, call, body: invocation.body, pool: self, table: table)
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
        isSweeping = !runs.isEmpty || !queue.isEmpty
        return isSweeping
    }
}
