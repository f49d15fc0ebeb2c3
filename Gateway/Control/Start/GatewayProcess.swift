import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Glibc
import Platform

/// The gateway from its start to its end: reads the stack file, starts the functions, listens, serves, drains.
package final class GatewayProcess {
    private let options: GatewayOptions
    private let loop: EventLoop
    private let log: GatewayLog
    private let table: ProcessTable
    private var pools: [any FunctionPool] = []
    private var server: HTTPServer?
    private var signals: SignalWatch?
    private var scheduler: Scheduler?
    private var isEnding = false

    /// Serves until a signal asks for the end; throws where it cannot start, and then nothing is left running.
    package static func run(_ options: GatewayOptions) throws(StartFailure) {
        try onSystemError { () throws(SystemError) in try GatewayProcess(options) }.serve()
    }

    /// Reads the stack file that the options name, and says which functions it holds.
    package static func check(_ options: GatewayOptions) throws(StartFailure) -> String {
        let names = try readStack(options, publicURL: options.publicURL).functions.map(\.name)
        return "\(options.stack): \(names.count) functions (\(names.joined(separator: ", ")))"
    }

    private init(_ options: GatewayOptions) throws(SystemError) {
        self.options = options
        loop = try EventLoop()
        log = GatewayLog(loop: loop)
        table = ProcessTable(loop: loop, log: log, adopting: true)
    }

    private func serve() throws(StartFailure) {
        do throws(StartFailure) {
            try start()
        } catch {
            killAll()
            throw error
        }
        try Self.onSystemError { () throws(SystemError) in try loop.run() }
        killAll()
        log.say("stopped")
        log.flush()
    }

    /// Nothing is accepted before the loop turns, so the port may be taken first: functions are told of it.
    private func start() throws(StartFailure) {
        try Self.onSystemError { () throws(SystemError) in
            signals = try SignalWatch(loop: loop) { [unowned self] _ in end() }
        }
        let gateway = Gateway(loop: loop, log: log, contract: contract(), options: options)
        let server = HTTPServer(loop: loop, limits: options.limits, handler: gateway)
        self.server = server
        let port = try listen(server)
        let address = "http://\(NetworkAddress.inURL(options.bind)):\(port)"
        let entries = try entries(publicURL: options.publicURL ?? address)
        pools = entries.map(\.pool)
        gateway.serve(entries)
        gateway.openConnections = { [weak server] in server?.openConnections ?? 0 }
        let scheduler = try Scheduler(loop: loop, log: log, metrics: gateway.metrics, entries: entries)
        self.scheduler = scheduler
        for pool in pools { pool.start() }
        scheduler.start()
        announce(address, functions: entries.count)
    }

    private func listen(_ server: HTTPServer) throws(StartFailure) -> UInt16 {
        do {
            return try server.listen(host: options.bind, port: options.port)
        } catch {
            throw Self.refusal(error, options)
        }
    }

    private static func refusal(_ error: SystemError, _ options: GatewayOptions) -> StartFailure {
        let place = "port \(options.port) of \(options.bind)"
        return switch error.number {
        case EADDRINUSE: .temporary("The gateway cannot listen: \(place) is taken by another program.")
        case EACCES, EPERM: .configuration("The gateway cannot listen: it may not use \(place).")
        case EADDRNOTAVAIL: .configuration("The gateway cannot listen: this machine has no address \(options.bind).")
        case EINVAL: .configuration("BIND must be an IP address, not \"\(options.bind)\".")
        default: .temporary("The gateway cannot listen on \(place) (\(error)).")
        }
    }

    private func announce(_ address: String, functions: Int) {
        log.say("listening", ("address", address), ("functions", String(functions)))
        guard let number = options.readyDescriptor else { return }
        let descriptor = Descriptor(owning: number)
        try? descriptor.writeAll(Array((address + "\n").utf8))
    }

    private static func onSystemError<Result: ~Copyable>(
        _ body: () throws(SystemError) -> Result
    ) throws(StartFailure) -> Result {
        do {
            return try body()
        } catch {
            throw .temporary("The gateway cannot start (\(error)).")
        }
    }
}

// MARK: - Functions

extension GatewayProcess {
    private func entries(publicURL: String) throws(StartFailure) -> [FunctionEntry] {
        let stack = try Self.readStack(options, publicURL: publicURL)
        let own = FileSystem.folder(of: FileSystem.ownProgram)
        let launches = FunctionLaunch(options: options, publicURL: publicURL, ownFolder: own)
        var entries: [FunctionEntry] = []
        for definition in stack.functions {
            try launches.checkSecrets(definition)
            let launch = try launches.launch(definition)
            entries.append(FunctionEntry(definition: definition, pool: pool(definition, launch)))
        }
        return entries
    }

    private func pool(_ definition: FunctionDefinition, _ launch: Launch) -> any FunctionPool {
        switch definition.settings.mode {
        case .warm:
            WarmPool(name: definition.name, settings: definition.settings, launch: launch, table: table)
        case .oneShot:
            OneShotPool(
                name: definition.name, settings: definition.settings, launch: launch,
                contentType: definition.environment["content_type"] ?? "text/plain; charset=utf-8", table: table)
        }
    }

    private static func readStack(_ options: GatewayOptions, publicURL: String?) throws(StartFailure) -> StackFile {
        guard let bytes = FileSystem.read(options.stack, limit: StackFile.sizeLimit) else {
            throw .configuration("The stack file \(options.stack) cannot be read (\(FileSystem.words)).")
        }
        var environment = options.environment
        if let publicURL { environment["PUBLIC_URL"] = publicURL }
        let folder = FileSystem.folder(of: options.stack)
        do {
            return try StackFile(parsing: bytes, environment: environment) { path in
                FileSystem.read(path.hasPrefix("/") ? path : folder + "/" + path, limit: StackFile.sizeLimit)
            }
        } catch {
            throw .configuration("The stack file \(options.stack) cannot be used: \(error).")
        }
    }

    /// The OpenAPI document among the pages; `nil` where there is none.
    private func contract() -> [UInt8]? {
        let folder = options.pages ?? FileSystem.folder(of: options.stack) + "/Gateway/Pages"
        return FileSystem.read(folder + "/openapi.json", limit: 4 << 20)
    }
}

// MARK: - The end

extension GatewayProcess {
    /// Lets what was begun finish; asked a second time, stops at once.
    private func end() {
        guard !isEnding, let server else { return loop.stop() }
        isEnding = true
        log.say("draining")
        scheduler?.stop()
        server.drain(within: options.drainTimeout) { [self] in
            for pool in pools { pool.stop() }
            awaitProcesses(tries: 60)
        }
    }

    private func awaitProcesses(tries: Int) {
        guard table.count > 0, tries > 0 else { return loop.stop() }
        loop.after(milliseconds: 50) { [self] in awaitProcesses(tries: tries - 1) }
    }

    private func killAll() {
        table.killAll()
        let end = Instant.now.adding(milliseconds: 1_000)
        while table.count > 0, Instant.now < end {
            loop.after(milliseconds: 20) {}
            try? loop.turn()
        }
        table.killAll()
    }
}
