import Glibc
import Platform

/// What `set-up serve` does: prepares, starts the gateway, and watches over it until somebody wants the end.
struct Supervisor {
    private let installation: Installation
    private let gatewayProgram: String
    private let began = Instant.now
    /// How often in a row a server that ended by itself is started again, and how long one must last to start afresh.
    private static let attempts = 3
    private static let steadyMilliseconds = 60_000

    /// Serves until the end that somebody wants; whatever was started is stopped in any case.
    static func run(_ settings: Settings) throws(Failure) {
        let terminal = Terminal()
        defer { terminal.giveBack() }
        try settings.address.probe()
        guard unsafe access(settings.stack, R_OK) == 0 else {
            throw .misconfigured("The functions' list \(settings.stack) cannot be read (\(systemWords(errno))).")
        }
        let program = try Gateway.program()
        let installation = try Installation(settings: settings, steps: 6)
        defer { installation.close() }
        try Supervisor(installation: installation, gatewayProgram: program).serve()
    }

    private init(installation: Installation, gatewayProgram: String) {
        self.installation = installation
        self.gatewayProgram = gatewayProgram
    }

    private func serve() throws(Failure) {
        try installation.complete()
        installation.progress.step("Gateway")
        let gateway = try Gateway.start(
            gatewayProgram, settings: installation.settings, waiting: installation.waiting)
        installation.progress.finish()
        installation.progress.say(Greeting(address: gateway.address, settings: installation.settings).text)
        try watch(gateway)
    }

    private func watch(_ gateway: Gateway) throws(Failure) {
        var attempts = 0
        while true {
            let started = Instant.now
            let isEnding = installation.waiting.serving { gateway.ending != nil || installation.server?.ending != nil }
            if !isEnding { return stop(gateway) }
            if let ending = gateway.ending { return try report(ending) }
            if Instant.now.milliseconds(since: started) > Self.steadyMilliseconds { attempts = 0 }
            attempts += 1
            try reviveDatabase(gateway, attempts)
        }
    }

    private func stop(_ gateway: Gateway) {
        installation.progress.say("Stopping: the gateway first, then the database.")
        gateway.stop(installation.waiting)
    }

    private func report(_ ending: ExitStatus) throws(Failure) {
        guard ending != .exited(0) else { return installation.progress.say("The gateway ended as it was asked to.") }
        throw .ended("The gateway \(ending); everything else is stopped, and it can be started again.")
    }

    private func reviveDatabase(_ gateway: Gateway, _ attempt: Int) throws(Failure) {
        guard let ending = installation.server?.ending else { return }
        installation.progress.say("MongoDB \(ending).")
        do throws(Failure) {
            guard attempt <= Self.attempts else { throw Failure.unavailable("MongoDB does not stay up.") }
            try installation.restartDatabase()
        } catch {
            gateway.stop(installation.waiting)
            throw error
        }
    }
}
