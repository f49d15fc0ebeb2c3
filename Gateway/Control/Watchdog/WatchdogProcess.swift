import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Glibc
import Platform

/// The gateway as one function's own watchdog, as a container on OpenFaaS or another platform runs it.
package final class WatchdogProcess {
    private let options: GatewayOptions
    private let settings: WatchdogSettings
    private let loop: EventLoop
    private let log: GatewayLog
    private let table: ProcessTable
    private var entry: FunctionEntry?
    private var handler: WatchdogHandler?
    private var servers: [HTTPServer] = []
    private var signals: SignalWatch?
    private var isEnding = false

    /// Serves the function until a signal asks for the end; throws where it cannot start, and then nothing is left
    /// running.
    package static func run(_ name: String, _ options: GatewayOptions) throws(StartFailure) {
        let settings = try WatchdogSettings(name, options)
        try StartFailure.onSystemError { () throws(SystemError) in try WatchdogProcess(settings, options) }.serve()
    }

    private init(_ settings: WatchdogSettings, _ options: GatewayOptions) throws(SystemError) {
        self.settings = settings
        self.options = options
        loop = try EventLoop()
        log = GatewayLog(loop: loop, framesLines: settings.prefixesLogs)
        table = ProcessTable(loop: loop, log: log, adopting: true)
    }

    private func serve() throws(StartFailure) {
        do throws(StartFailure) {
            try start()
        } catch {
            table.killAll(turning: loop)
            throw error
        }
        try StartFailure.onSystemError { () throws(SystemError) in try loop.run() }
        table.killAll(turning: loop)
        log.say("stopped")
        log.flush()
    }

    private func start() throws(StartFailure) {
        try StartFailure.onSystemError { () throws(SystemError) in
            signals = try SignalWatch(loop: loop) { [unowned self] number in
                if number != SIGHUP { end() }
            }
        }
        let gateway = Gateway(loop: loop, log: log, contract: nil, options: options)
        let entry = try makeEntry()
        let handler = WatchdogHandler(
            entry, gateway, InternalCaller(loop: loop, metrics: gateway.metrics), settings)
        self.entry = entry
        self.handler = handler
        let port = try listen(handler, limits, settings.port)
        let metricsPort = try listen(WatchdogMetrics(handler.figures), HTTPLimits(), settings.metricsPort)
        try lock()
        entry.pool.start()
        announce(port, metricsPort)
    }

    private func listen(
        _ handler: any RequestHandler, _ limits: HTTPLimits, _ port: UInt16
    ) throws(StartFailure) -> UInt16 {
        let server = HTTPServer(loop: loop, limits: limits, handler: handler)
        servers.append(server)
        let host = options.environment["BIND"].flatMap { $0.isEmpty ? nil : $0 } ?? "0.0.0.0"
        do {
            return try server.listen(host: host, port: port)
        } catch {
            throw .refusal(error, host: host, port: port)
        }
    }

    private var limits: HTTPLimits {
        var limits = options.limits
        if let time = settings.function.settings.readTimeout {
            (limits.headTimeout, limits.bodyTimeout) = (max(1, time), max(1, time))
        }
        if let time = settings.function.settings.writeTimeout { limits.sendTimeout = max(1, time) }
        return limits
    }

    private func makeEntry() throws(StartFailure) -> FunctionEntry {
        let launches = FunctionLaunch(
            options: options, publicURL: options.publicURL ?? "http://127.0.0.1:\(settings.port)",
            ownFolder: FileSystem.folder(of: FileSystem.ownProgram))
        return try PoolMaker(table: table, launches: launches).watched(settings.function)
    }

    private func lock() throws(StartFailure) {
        guard let path = settings.lockFile else { return }
        let number = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard number >= 0 else {
            throw .configuration("The lock file \(path) cannot be written (\(FileSystem.words)); suppress_lock=true.")
        }
        close(number)
    }

    private func announce(_ port: UInt16, _ metricsPort: UInt16) {
        log.say(
            "listening", ("address", "http://127.0.0.1:\(port)"), ("function", settings.function.name),
            ("metrics", "http://127.0.0.1:\(metricsPort)/metrics"))
        guard let number = options.readyDescriptor else { return }
        let descriptor = Descriptor(owning: number)
        try? descriptor.writeAll(Array("http://127.0.0.1:\(port)\n".utf8))
    }
}

// MARK: - The end

extension WatchdogProcess {
    /// Says at once that it is unhealthy, serves on until the platform has seen that, then lets what was begun finish;
    /// asked a second time, stops at once.
    private func end() {
        guard !isEnding else { return loop.stop() }
        isEnding = true
        handler?.isHealthy = false
        if let path = settings.lockFile { _ = unsafe unlink(path) }
        log.say("unhealthy", ("milliseconds", String(settings.healthInterval)))
        loop.after(milliseconds: settings.healthInterval) { [self] in drain() }
    }

    private func drain() {
        log.say("draining")
        for server in servers.dropFirst() { server.drain(within: 0) {} }
        guard let server = servers.first else { return loop.stop() }
        server.drain(within: settings.drainTimeout) { [self] in
            entry?.pool.stop()
            awaitProcesses(tries: 60)
        }
    }

    private func awaitProcesses(tries: Int) {
        guard table.count > 0, tries > 0 else { return loop.stop() }
        loop.after(milliseconds: 50) { [self] in awaitProcesses(tries: tries - 1) }
    }
}
