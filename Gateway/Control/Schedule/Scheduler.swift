import GatewayEventLoop
import GatewayStack
import GatewayWorkers
import Platform
import Primitives
import Wire

/// Calls functions when they are due. Of several gateways over one database one fires each slot: `queue-calls` grants
/// it; where the bundle has no such function, this gateway is taken to be the only one.
///
/// A minute that was missed, because no gateway ran, is not made up for: what is due next comes next, and what the
/// functions do is by the state of the store, not by the slot.
final class Scheduler {
    private static let look = 200
    private static let reign: Int64 = 10_000

    private let loop: EventLoop
    private let log: GatewayLog
    private let owner: String
    private let metrics: Metrics
    private let granter: FunctionEntry?
    private var jobs: [Job]
    private var callIDs = CallIDs()
    private var reignGranted: Int64 = -1
    private var reignAsked: Int64 = -1
    private var isStopped = false

    private struct Job {
        let function: ScheduledFunction
        var lastSlot: Int64
        var isRunning = false
        var lastFailure: String?
    }

    init(
        loop: EventLoop, log: GatewayLog, metrics: Metrics, entries: [FunctionEntry]
    ) throws(StartFailure) {
        self.loop = loop
        self.log = log
        self.metrics = metrics
        owner = callIDs.next()
        granter = entries.first { $0.definition.name == "queue-calls" }
        let now = SystemClock().now.milliseconds
        var jobs: [Job] = []
        for entry in entries {
            for function in try ScheduledFunction.all(of: entry) {
                jobs.append(Job(function: function, lastSlot: function.slot(at: now)))
            }
        }
        self.jobs = jobs
    }

    /// Begins to look at the clock.
    func start() {
        guard !jobs.isEmpty else { return }
        loop.every(milliseconds: Self.look) { [weak self] in self?.turn() ?? false }
    }

    /// Fires nothing any more.
    func stop() {
        isStopped = true
    }

    private func turn() -> Bool {
        guard !isStopped else { return false }
        let now = SystemClock().now.milliseconds
        askForReign(now)
        for index in jobs.indices {
            let slot = jobs[index].function.slot(at: now)
            guard slot != jobs[index].lastSlot else { continue }
            jobs[index].lastSlot = slot
            fire(index, slot, now)
        }
        return true
    }

    private func fire(_ index: Int, _ slot: Int64, _ now: Int64) {
        let function = jobs[index].function
        switch function.rule {
        case .every:
            if granter == nil || reignGranted == now / Self.reign { call(index) }
        case .minutes(let cron):
            guard cron.fits(Timestamp(milliseconds: slot * 60_000)) else { return }
            grant(function.entry.definition.name, slot) { [weak self] isGranted in
                if isGranted { self?.call(index) }
            }
        }
    }

    private func call(_ index: Int) {
        guard !jobs[index].isRunning else { return }
        jobs[index].isRunning = true
        let function = jobs[index].function
        post(function.entry, function.path, []) { [weak self] reply in
            guard let self else { return }
            jobs[index].isRunning = false
            let name = function.entry.definition.name
            let status = reply.map { Int($0.status) }
            tell(index, name, status)
            metrics.scheduled(name, succeeded: status ?? 500 < 400)
        }
    }

    /// Logs a call that failed; of those that fail in the same way one after another, the first alone.
    private func tell(_ index: Int, _ name: String, _ status: Int?) {
        let failure = status.map { $0 < 400 ? nil : "\($0)" } ?? "none"
        defer { jobs[index].lastFailure = failure }
        guard failure != jobs[index].lastFailure else { return }
        log.say(
            failure == nil ? "schedule.recovered" : "schedule.failed", ("function", name), ("status", failure ?? ""))
    }

    /// Asks once in ten seconds whether this gateway fires what is due every so often.
    private func askForReign(_ now: Int64) {
        let reign = now / Self.reign
        guard granter != nil, reign != reignAsked else { return }
        reignAsked = reign
        grant("schedule", reign) { [weak self] isGranted in
            if isGranted { self?.reignGranted = reign }
        }
    }

    private func grant(_ name: String, _ slot: Int64, _ done: @escaping (Bool) -> Void) {
        guard let granter else { return done(true) }
        let body = "{\"name\":\"\(name)\",\"slot\":\"\(slot)\",\"owner\":\"\(owner)\",\"leaseSeconds\":60}"
        post(granter, "/slots", Array(body.utf8)) { reply in
            let text = reply.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
            done(reply?.status ?? 500 < 300 && text.contains("\"granted\":true"))
        }
    }

    private func post(
        _ entry: FunctionEntry, _ path: String, _ body: [UInt8], _ done: @escaping (Reply?) -> Void
    ) {
        let frame = InternalCall.frame(callID: callIDs.next(), path: path, body: body)
        let metrics = metrics
        let owner = InternalCall { reply in
            if let reply { metrics.take(reply) }
            done(reply)
        }
        entry.pool.call(
            PendingCall(
                frame: frame, timeout: entry.definition.settings.execTimeout, arrived: loop.now, owner: owner))
    }
}

extension ScheduledFunction {
    /// The number of the minute or interval that an instant lies in.
    func slot(at milliseconds: Int64) -> Int64 {
        switch rule {
        case .minutes: milliseconds / 60_000
        case .every(let interval): milliseconds / Int64(interval)
        }
    }
}
