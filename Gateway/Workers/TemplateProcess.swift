import GatewayEventLoop
import Platform

/// The process of a function that takes no call and is copied for each: what is common to all calls is done once.
///
/// Its copies are the gateway's children like those that it starts itself. It is started when the first copy is asked
/// for, and again where it has ended; meanwhile there are none.
final class TemplateProcess: ReadinessHandler {
    /// Milliseconds that it may take for a copy.
    private static let patience = 2_000

    private let name: String
    private let launch: Launch
    private let limits: ProcessLimits
    private let table: ProcessTable
    private var process: ChildProcess?
    private var births: [Birth] = []
    private var inbox: [UInt8] = []
    private var brake = StartBrake()
    private var hasAnswered = false
    private var isWatching = false
    private var listens = false

    /// Makes one of what is to be started as `launch` says, whose copies are for what `limits` says.
    init(name: String, launch: Launch, limits: ProcessLimits, table: ProcessTable) {
        self.name = name
        self.launch = launch
        self.limits = limits
        self.table = table
    }

    /// Its process's id; `nil` where there is none.
    var pid: Int32? { process?.pid }

    /// Asks for a copy: `completion` is told of it later, or that there is none. False where none can be asked for.
    func copy(_ completion: @escaping (ChildProcess?) -> Void) -> Bool {
        guard let process = process ?? start(), let channel = process.inputNumber,
            let birth = try? Birth(on: channel, limits: limits, at: table.loop.now, completion)
        else { return false }
        births.append(birth)
        table.unborn += 1
        watch()
        return true
    }

    /// Lets it go once it has made the copies that it was asked for; it is started again for the next one.
    func letGo() {
        process?.retire()
    }

    func ready(_ readiness: Readiness) {
        guard let process, let count = try? table.readScratch(process.output) else { return }
        if count > 0 { return received(count) }
        // It has ended, and the kernel will say so, or it cannot answer any more.
        stopListening(to: process)
        table.loop.after(milliseconds: 100) { process.kill() }
    }

    private func start() -> ChildProcess? {
        guard brake.wait(at: table.loop.now) == 0 else { return nil }
        do {
            let process = try table.start(launch, function: name, input: .channel)
            process.onEnd = { [weak self, unowned process] _ in self?.ended(process) }
            try table.loop.add(process.output.number, for: .read, self)
            listens = true
            hasAnswered = false
            self.process = process
            return process
        } catch {
            table.log.happened(.startFailed("\(error)"), function: name, process: 0)
            _ = brake.failed(at: table.loop.now)
            return nil
        }
    }

    /// Takes the ids of the copies, in the order in which they were asked for.
    private func received(_ count: Int) {
        inbox += table.scratch[..<count]
        while inbox.count >= 4 {
            let number = (0..<4).reduce(UInt32(0)) { $0 | UInt32(inbox[$1]) << (8 * UInt32($1)) }
            inbox.removeFirst(4)
            guard !births.isEmpty else { return process?.kill() ?? () }
            answered(Int32(bitPattern: number), births.removeFirst())
        }
    }

    private func answered(_ pid: Int32, _ birth: Birth) {
        table.unborn -= 1
        guard pid > 0 else { return birth.failed() }
        hasAnswered = true
        birth.succeeded(pid, function: name, in: table)
    }
}

// MARK: - Ending

extension TemplateProcess {
    private func ended(_ process: ChildProcess) {
        while listens, let count = try? table.readScratch(process.output), count > 0 { received(count) }
        stopListening(to: process)
        self.process = nil
        inbox = []
        if hasAnswered { brake.succeeded() } else { _ = brake.failed(at: table.loop.now) }
        let unborn = births
        births = []
        table.unborn -= unborn.count
        for birth in unborn { birth.failed() }
    }

    private func stopListening(to process: ChildProcess) {
        guard listens else { return }
        listens = false
        table.loop.remove(process.output.number)
    }

    /// Kills it where it takes too long, so that calls get processes of another making.
    private func watch() {
        guard !isWatching else { return }
        isWatching = true
        table.loop.every(milliseconds: 100) { [weak self] in self?.look() ?? false }
    }

    private func look() -> Bool {
        if let oldest = births.first, table.loop.now.milliseconds(since: oldest.since) >= Self.patience, let process {
            table.log.happened(.stoppedForFault(.hungUp), function: name, process: process.pid)
            process.kill()
        }
        isWatching = !births.isEmpty
        return isWatching
    }
}
