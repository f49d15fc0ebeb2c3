import GatewayEventLoop
import Platform
import Wire

/// Processes of a function that were started before there is a call for them; each is used once.
final class SpareProcesses {
    private let name: String
    private let launch: Launch
    private let table: ProcessTable
    private let limit: Int
    private let template: TemplateProcess?
    private var idle: [ChildProcess] = []
    /// Copies that were asked for and have not come.
    private var expected = 0
    private var brake = StartBrake()
    private var isRefillPlanned = false
    private var isStopped = false

    /// Keeps at most `limit`, copied from the template, or started as `launch` says but for their mode.
    init(name: String, launch: Launch, limit: Int, template: TemplateProcess?, table: ProcessTable) {
        self.template = template
        self.name = name
        self.limit = limit
        self.table = table
        var launch = launch
        launch.environment.append("\(FunctionMode.variable)=\(FunctionMode.startedAhead.rawValue)")
        self.launch = launch
    }

    var count: Int { idle.count }

    /// Whether nothing of it runs or is about to.
    var isGone: Bool { idle.isEmpty && expected == 0 && templateID == nil }

    /// The id of the process that they are copies of; `nil` where there is none.
    var templateID: Int32? { template?.pid }

    /// The one that waits longest, so that it has had the most time to get ready.
    func take() -> ChildProcess? {
        guard !idle.isEmpty else { return nil }
        brake.succeeded()
        let process = idle.removeFirst()
        process.onEnd = nil
        return process
    }

    /// Asks for one more, which `completion` is given, or told that there is none; false where none can be had.
    func copy(_ completion: @escaping (ChildProcess?) -> Void) -> Bool {
        guard !isStopped, let template, brake.wait(at: table.loop.now) == 0 else { return false }
        return template.copy(completion)
    }

    /// Takes one that is not needed after all.
    func keep(_ process: ChildProcess) {
        guard !isStopped, idle.count < limit else { return process.retire() }
        process.onEnd = { [weak self, unowned process] _ in self?.ended(process) }
        idle.append(process)
    }

    /// One of them has answered a call.
    func succeeded() {
        brake.succeeded()
    }

    /// One of them ended before it had read its call.
    func failed() {
        _ = brake.failed(at: table.loop.now)
    }

    /// Starts what is missing, one each turn of the loop, so that calls are served in between.
    func refill() {
        guard !isRefillPlanned, !isStopped, idle.count + expected < limit else { return }
        isRefillPlanned = true
        table.loop.after(milliseconds: brake.wait(at: table.loop.now)) { [weak self] in
            guard let self else { return }
            isRefillPlanned = false
            guard !isStopped, idle.count + expected < limit else { return }
            start()
            refill()
        }
    }

    /// Lets them go; they are started again with the next `refill()`.
    func letGo() {
        let processes = idle
        idle = []
        for process in processes { process.retire() }
        template?.letGo()
    }

    /// Lets them go for good.
    func stop() {
        isStopped = true
        letGo()
    }

    private func start() {
        if copy({ [weak self] in self?.came($0) }) {
            expected += 1
        } else {
            spawn()
        }
    }

    private func spawn() {
        do {
            keep(try table.start(launch, function: name, forOneCall: true))
        } catch {
            table.log.happened(.startFailed("\(error)"), function: name, process: 0)
            failed()
        }
    }

    private func came(_ process: ChildProcess?) {
        expected -= 1
        if let process { return keep(process) }
        failed()
        if !isStopped { spawn() }
    }

    private func ended(_ process: ChildProcess) {
        idle.removeAll { $0 === process }
        failed()
        refill()
    }
}
