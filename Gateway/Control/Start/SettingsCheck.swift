import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Platform
import Wire

/// Asks each function whose program is built on the runtime what it finds wrong with its settings and secrets: it reads
/// them itself, as it will when it serves.
final class SettingsCheck {
    /// Milliseconds that a function may take; one that takes longer has found nothing.
    private static let patience = 10_000
    private static let wrong = ProcessEnd.status(78)

    private let launches: FunctionLaunch
    private let log = Utterances()

    init(_ launches: FunctionLaunch) {
        self.launches = launches
    }

    /// Throws all that they say, once each; what may pass by itself is no fault.
    func perform(_ definitions: [FunctionDefinition]) throws(StartFailure) {
        let loop = try StartFailure.onSystemError { () throws(SystemError) in try EventLoop() }
        let table = ProcessTable(loop: loop, log: log, adopting: false)
        defer { table.killAll(turning: loop) }
        var pools: [any FunctionPool] = []
        var refusing: Set<String> = []
        var open = 0
        for definition in definitions {
            try launches.checkSecrets(definition)
            let launch = Self.asking(try launches.launch(definition))
            guard FileSystem.holds(launch.path, FunctionMode.check.rawValue) else { continue }
            let pool = OneShotPool(
                name: definition.name, settings: definition.settings, launch: launch, contentType: "", table: table)
            pools.append(pool)
            open += 1
            pool.call(
                Self.call(at: loop.now) { outcome in
                    open -= 1
                    if outcome == .died(Self.wrong) { refusing.insert(definition.name) }
                })
        }
        while open > 0 { try StartFailure.onSystemError { () throws(SystemError) in try loop.turn() } }
        try report(definitions.map(\.name).filter(refusing.contains))
    }

    private static func asking(_ launch: Launch) -> Launch {
        var launch = launch
        launch.environment.removeAll { $0.hasPrefix("\(FunctionMode.variable)=") }
        launch.environment.append("\(FunctionMode.variable)=\(FunctionMode.check.rawValue)")
        return launch
    }

    private static func call(at now: Instant, _ done: @escaping (CallOutcome) -> Void) -> PendingCall {
        let frame = InternalCaller.frame("", "GET", "/", query: nil, [], body: [])
        return PendingCall(frame: frame, timeout: patience, arrived: now, owner: Question(done))
    }

    private func report(_ names: [String]) throws(StartFailure) {
        var sentences: [String] = []
        for name in names {
            let sentence = log.last[name] ?? "The function \(name) finds fault with its settings."
            if !sentences.contains(sentence) { sentences.append(sentence) }
        }
        guard sentences.isEmpty else { throw .configuration(sentences.joined(separator: " ")) }
    }
}

/// Waits for what becomes of one of them.
private final class Question: CallOwner {
    let isGone = false
    private let done: (CallOutcome) -> Void

    init(_ done: @escaping (CallOutcome) -> Void) {
        self.done = done
    }

    func completed(_ outcome: consuming CallOutcome) {
        done(outcome)
    }
}

/// The last line that each of them wrote.
private final class Utterances: WorkerLog {
    private(set) var last: [String: String] = [:]

    func wrote(_ line: ArraySlice<UInt8>, function: String, process: Int32) {
        last[function] = String(decoding: line, as: UTF8.self)
    }

    func happened(_ event: WorkerEvent, function: String, process: Int32) {}
}
