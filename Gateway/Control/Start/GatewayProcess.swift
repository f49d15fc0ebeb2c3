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
    private let pages: PageFolder
    private var gateway: Gateway?
    private var source: StackSource?
    private var registry: FunctionRegistry?
    private var server: HTTPServer?
    private var signals: SignalWatch?
    private var scheduler: Scheduler?
    private var asyncCalls: AsyncCalls?
    private var holds: Holds?
    private var secrets: PrivateSecrets?
    private var secretWatch: SecretWatch?
    private var isEnding = false

    /// Serves until a signal asks for the end; throws where it cannot start, and then nothing is left running.
    package static func run(_ options: GatewayOptions) throws(StartFailure) {
        try StartFailure.onSystemError { () throws(SystemError) in try GatewayProcess(options) }.serve()
    }

    private init(_ options: GatewayOptions) throws(SystemError) {
        self.options = options
        loop = try EventLoop()
        log = GatewayLog(loop: loop)
        pages = PageFolder(path: Self.pages(options))
        table = ProcessTable(loop: loop, log: log, adopting: true)
    }

    private func serve() throws(StartFailure) {
        do throws(StartFailure) {
            try start()
        } catch {
            table.killAll(turning: loop)
            secrets?.remove()
            throw error
        }
        try StartFailure.onSystemError { () throws(SystemError) in try loop.run() }
        table.killAll(turning: loop)
        secrets?.remove()
        log.say("stopped")
        log.flush()
    }

    /// Nothing is accepted before the loop turns, so the port may be taken first: functions are told of it.
    private func start() throws(StartFailure) {
        try StartFailure.onSystemError { () throws(SystemError) in
            signals = try SignalWatch(loop: loop) { [unowned self] number in
                if number == SIGHUP { readAgain() } else { end() }
            }
        }
        if let pages = options.pages, !FileSystem.isFolder(pages) {
            throw .configuration("PAGES must be a folder, which \"\(pages)\" is not.")
        }
        let gateway = Gateway(loop: loop, log: log, contract: contract(), options: options)
        self.gateway = gateway
        readPages()
        let server = HTTPServer(loop: loop, limits: options.limits, handler: gateway)
        self.server = server
        let port = try listen(server)
        let address = "http://\(NetworkAddress.inURL(options.bind)):\(port)"
        gateway.openConnections = { [weak server] in server?.openConnections ?? 0 }
        let caller = InternalCaller(loop: loop, metrics: gateway.metrics)
        let scheduler = Scheduler(loop: loop, log: log, metrics: gateway.metrics, caller: caller)
        self.scheduler = scheduler
        let registry = try registry(gateway, scheduler, caller, publicURL: options.publicURL ?? address)
        self.registry = registry
        let source = Self.source(options, publicURL: options.publicURL ?? address)
        self.source = source
        let functions = try source.read().functions
        if options.checksSettings { try registry.checkSettings(functions) }
        try registry.take(functions)
        sayWhatIsIgnored()
        scheduler.start()
        let asyncCalls = AsyncCalls(loop: loop, log: log, caller: caller, registry: registry)
        self.asyncCalls = asyncCalls
        gateway.asyncCalls = asyncCalls
        asyncCalls.start()
        let follower = EventFollower(loop: loop, log: log, caller: caller) { [weak registry] name in
            registry?.entries[name]
        }
        let holds = Holds(loop: loop, follower: follower)
        self.holds = holds
        gateway.holds = holds
        loop.every(milliseconds: 1_000) { [weak self] in self?.look() ?? false }
        announce(address, functions: registry.entries.count)
    }

    private func listen(_ server: HTTPServer) throws(StartFailure) -> UInt16 {
        do {
            return try server.listen(host: options.bind, port: options.port)
        } catch {
            throw .refusal(error, host: options.bind, port: options.port)
        }
    }

    private func announce(_ address: String, functions: Int) {
        log.say("listening", ("address", address), ("functions", String(functions)))
        guard let number = options.readyDescriptor else { return }
        let descriptor = Descriptor(owning: number)
        let names = (registry?.entries ?? [:]).filter { !$0.value.definition.settings.isInternal }.keys.sorted()
        try? descriptor.writeAll(Array((address + "\n" + names.joined(separator: " ") + "\n").utf8))
    }
}

// MARK: - Functions

extension GatewayProcess {
    private func registry(
        _ gateway: Gateway, _ scheduler: Scheduler, _ caller: InternalCaller, publicURL: String
    ) throws(StartFailure) -> FunctionRegistry {
        var launches = FunctionLaunch(
            options: options, publicURL: publicURL, ownFolder: FileSystem.folder(of: FileSystem.ownProgram))
        try separate()
        launches.secrets = secrets
        let registry = FunctionRegistry(loop: loop, log: log, table: table, launches: launches)
        registry.onChange = { entries in
            gateway.serve(entries)
            scheduler.take(entries)
        }
        gateway.system = SystemAPI(
            registry: registry, table: table, log: log, metrics: gateway.metrics, caller: caller,
            secrets: SecretFolder(path: options.secrets))
        return registry
    }

    /// Has functions run as a user without rights where that can be.
    private func separate() throws(StartFailure) {
        switch try FunctionUserChoice(named: options.functionUser) {
        case .own(let why):
            if let why { log.say("functions.root", ("why", why)) }
        case .other(let user):
            let folder = FileSystem.absolute(options.secrets)
            secrets = try PrivateSecrets(
                of: user, source: folder, shownAt: FunctionUserChoice.placeOfSecrets(for: user))
            // Where there is no folder yet, the look once a second has to do.
            secretWatch = try? SecretWatch(folder: folder, loop: loop) { [unowned self] in updateSecrets() }
            log.say("functions.user", ("user", user.name))
        }
    }

    private func updateSecrets() {
        for failure in secrets?.update() ?? [] {
            log.say("secrets.kept", ("function", failure.function), ("why", "\(failure.why)"))
        }
    }

    /// Reads the stack file again; where it cannot be used, what was read before stays.
    private func reload() {
        guard !isEnding, let source, let registry else { return }
        do throws(StartFailure) {
            try registry.take(source.read().functions)
            log.say("stack.read", ("functions", String(registry.stack.count)))
            sayWhatIsIgnored()
        } catch {
            log.say("stack.kept", ("why", error.sentence))
        }
    }

    /// A share of the processor takes control groups, which are the platform's affair.
    private func sayWhatIsIgnored() {
        let names = (registry?.stack ?? []).filter { $0.limits.millicores != nil }.map(\.name)
        guard !names.isEmpty else { return }
        log.say("limits.ignored", ("limit", "cpu"), ("functions", names.joined(separator: " ")))
    }

    private func readAgain() {
        reload()
        readPages()
    }

    private func readPages() {
        let table = pages.read()
        gateway?.pages = table
        log.say("pages.read", ("pages", String(table.count)))
    }

    /// Looks for files that have changed; false at the end.
    private func look() -> Bool {
        guard !isEnding else { return false }
        if source?.hasChanged() == true { reload() }
        if pages.hasChanged() { readPages() }
        registry?.look()
        updateSecrets()
        return true
    }

    private static func source(_ options: GatewayOptions, publicURL: String?) -> StackSource {
        var environment = options.environment
        if let publicURL { environment["PUBLIC_URL"] = publicURL }
        return StackSource(path: options.stack, environment: environment)
    }

    /// The OpenAPI document among the pages; `nil` where there is none.
    private func contract() -> [UInt8]? {
        FileSystem.read(Self.pages(options) + "/openapi.json", limit: 4 << 20)
    }

    private static func pages(_ options: GatewayOptions) -> String {
        options.pages ?? FileSystem.folder(of: options.stack) + "/Gateway/Pages"
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
        asyncCalls?.stop()
        log.functions.finish()
        holds?.stop()
        server.drain(within: options.drainTimeout) { [self] in
            registry?.stop()
            awaitProcesses(tries: 60)
        }
    }

    private func awaitProcesses(tries: Int) {
        guard table.count > 0, tries > 0 else { return loop.stop() }
        loop.after(milliseconds: 50) { [self] in awaitProcesses(tries: tries - 1) }
    }
}
