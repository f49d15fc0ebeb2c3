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
    private let caller: InternalCaller
    private var granter: FunctionEntry?
    private var jobs: [Job] = []
    private var reignAsked: Int64 = -1
    /// The latest one of which it is known whether it is this gateway's, and the latest one that is.
    private var (reignKnown, reignGranted): (Int64, Int64) = (-1, -1)
    private var isStopped = false

    private final class Job {
        var function: ScheduledFunction
        var lastSlot: Int64
        var isRunning = false
        var lastFailure: String?

        init(_ function: ScheduledFunction, lastSlot: Int64) {
            self.function = function
            self.lastSlot = lastSlot
        }
    }

    init(loop: EventLoop, log: GatewayLog, metrics: Metrics, caller: InternalCaller) {
        self.loop = loop
        self.log = log
        self.metrics = metrics
        self.caller = caller
        owner = caller.newID()
    }

    /// Takes the functions to call; what was due and has not changed goes on as it was.
    func take(_ entries: [FunctionEntry]) {
        granter = entries.first { $0.definition.name == "queue-calls" }
        let now = SystemClock().now.milliseconds
        let former = jobs
        jobs = entries.flatMap { entry in
            ((try? ScheduledFunction.all(of: entry)) ?? []).map { function in
                guard let job = former.first(where: { $0.function.isSame(as: function) }) else {
                    return Job(function, lastSlot: function.slot(at: now))
                }
                job.function = function
                return job
            }
        }
    }

    /// Begins to look at the clock.
    func start() {
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
        for job in jobs {
            let slot = job.function.slot(at: now)
            guard slot != job.lastSlot, isDecided(job.function.rule, now) else { continue }
            job.lastSlot = slot
            fire(job, slot, now)
        }
        return true
    }

    /// Whether it is known who calls by such a rule. What is due as a reign begins, as what is due every minute always
    /// is, waits until that is granted.
    private func isDecided(_ rule: ScheduledFunction.Rule, _ now: Int64) -> Bool {
        if case .minutes = rule { return true }
        return granter == nil || reignKnown == now / Self.reign
    }

    private func fire(_ job: Job, _ slot: Int64, _ now: Int64) {
        let function = job.function
        switch function.rule {
        case .every:
            if granter == nil || reignGranted == now / Self.reign { call(job) }
        case .minutes(let cron, let zone):
            let minute = Timestamp(milliseconds: slot * 60_000)
            guard zone.map({ cron.fits(minute, in: $0) }) ?? cron.fits(minute) else { return }
            grant(function.entry.definition.name, slot) { [weak self] isGranted in
                if isGranted { self?.call(job) }
            }
        }
    }

    private func call(_ job: Job) {
        guard !job.isRunning else { return }
        job.isRunning = true
        let function = job.function
        post(function.entry, function.path, []) { [weak self] reply in
            guard let self else { return }
            job.isRunning = false
            let name = function.entry.definition.name
            let status = reply.map { Int($0.status) }
            tell(job, name, status)
            metrics.scheduled(name, succeeded: status ?? 500 < 400)
        }
    }

    /// Logs a call that failed; of those that fail in the same way one after another, the first alone.
    private func tell(_ job: Job, _ name: String, _ status: Int?) {
        let failure = status.map { $0 < 400 ? nil : "\($0)" } ?? "none"
        defer { job.lastFailure = failure }
        guard failure != job.lastFailure else { return }
        log.say(
            failure == nil ? "schedule.recovered" : "schedule.failed", ("function", name), ("status", failure ?? ""))
    }

    /// Asks once in ten seconds whether this gateway fires what is due every so often.
    private func askForReign(_ now: Int64) {
        let reign = now / Self.reign
        guard granter != nil, !jobs.isEmpty, reign != reignAsked else { return }
        reignAsked = reign
        grant("schedule", reign) { [weak self] isGranted in
            guard let self, reign > reignKnown else { return }
            reignKnown = reign
            if isGranted { reignGranted = reign }
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
        caller.call(entry, "POST", path, body: body, done)
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
