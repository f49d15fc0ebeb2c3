import GatewayEventLoop
import Platform
import Wire

/// Processes of a function that were started before there is a call for them; each is used once.
final class SpareProcesses {
    private let name: String
    private let launch: Launch
    private let table: ProcessTable
    private let limit: Int
    private var idle: [ChildProcess] = []
    private var brake = StartBrake()
    private var isRefillPlanned = false
    private var isStopped = false

    /// Keeps at most `limit`, started as `launch` says but for their mode.
    init(name: String, launch: Launch, limit: Int, table: ProcessTable) {
        self.name = name
        self.limit = limit
        self.table = table
        var launch = launch
        launch.environment.append("\(FunctionMode.variable)=\(FunctionMode.startedAhead.rawValue)")
        self.launch = launch
    }

    var count: Int { idle.count }

    /// The one that waits longest, so that it has had the most time to get ready.
    func take() -> ChildProcess? {
        guard !idle.isEmpty else { return nil }
        brake.succeeded()
        let process = idle.removeFirst()
        process.onEnd = nil
        return process
    }

    /// Starts what is missing, one each turn of the loop, so that calls are served in between.
    func refill() {
        guard !isRefillPlanned, !isStopped, idle.count < limit else { return }
        isRefillPlanned = true
        table.loop.after(milliseconds: brake.wait(at: table.loop.now)) { [weak self] in
            guard let self else { return }
            isRefillPlanned = false
            guard !isStopped, idle.count < limit else { return }
            start()
            refill()
        }
    }

    /// Lets them go; they are started again with the next `refill()`.
    func letGo() {
        let processes = idle
        idle = []
        for process in processes { process.retire() }
    }

    /// Lets them go for good.
    func stop() {
        isStopped = true
        letGo()
    }

    private func start() {
        do {
            let process = try table.start(launch, function: name, forOneCall: true)
            process.onEnd = { [weak self, unowned process] _ in self?.ended(process) }
            idle.append(process)
        } catch {
            table.log.happened(.startFailed("\(error)"), function: name, process: 0)
            _ = brake.failed(at: table.loop.now)
        }
    }

    private func ended(_ process: ChildProcess) {
        idle.removeAll { $0 === process }
        _ = brake.failed(at: table.loop.now)
        refill()
    }
}
