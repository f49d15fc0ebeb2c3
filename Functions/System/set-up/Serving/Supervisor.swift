import Glibc
import Platform

/// What `set-up serve` does: prepares, starts the gateway, and watches over it until somebody wants the end.
struct Supervisor {
    private let preparation: Preparation
    private let gatewayProgram: String
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
        let preparation = try Preparation(settings: settings, steps: 6)
        defer { preparation.close() }
        try Supervisor(preparation: preparation, gatewayProgram: program).serve()
    }

    private init(preparation: Preparation, gatewayProgram: String) {
        self.preparation = preparation
        self.gatewayProgram = gatewayProgram
    }

    private func serve() throws(Failure) {
        try preparation.complete()
        let (functionUser, warning) = try FunctionFiles(preparation.settings).prepare()
        if let warning { preparation.progress.say(warning) }
        preparation.progress.step("Gateway", aloneOnLine: true)
        let gateway = try Gateway.start(
            gatewayProgram, settings: preparation.settings, functionUser: functionUser,
            waiting: preparation.waiting)
        preparation.progress.finish("ready")
        do throws(Failure) {
            let firstAdmin = try AdminDesk(preparation.settings).firstAdmin()
            preparation.progress.say(
                Greeting(
                    address: gateway.address, settings: preparation.settings, functions: gateway.functions
                ).text)
            if let firstAdmin { preparation.progress.say(firstAdmin) }
        } catch {
            gateway.stop(preparation.waiting)
            throw error
        }
        try watch(gateway)
    }

    private func watch(_ gateway: Gateway) throws(Failure) {
        var attempts = 0
        while true {
            let started = Instant.now
            let isEnding = preparation.waiting.serving { gateway.ending != nil || preparation.server?.ending != nil }
            if !isEnding { return stop(gateway) }
            if let ending = gateway.ending { return try report(ending) }
            if Instant.now.milliseconds(since: started) > Self.steadyMilliseconds { attempts = 0 }
            attempts += 1
            try reviveDatabase(gateway, attempts)
        }
    }

    private func stop(_ gateway: Gateway) {
        preparation.progress.say("Stopping: the gateway first, then the database.")
        gateway.stop(preparation.waiting)
    }

    private func report(_ ending: ExitStatus) throws(Failure) {
        guard ending != .exited(0) else { return preparation.progress.say("The gateway ended as it was asked to.") }
        throw .ended("The gateway \(ending); everything else is stopped, and it can be started again.")
    }

    private func reviveDatabase(_ gateway: Gateway, _ attempt: Int) throws(Failure) {
        guard let ending = preparation.server?.ending else { return }
        preparation.progress.say("MongoDB \(ending); starting it again.")
        do throws(Failure) {
            guard attempt <= Self.attempts else { throw Failure.unavailable("MongoDB does not stay up.") }
            try preparation.restartDatabase()
            preparation.progress.say("MongoDB is back.")
        } catch {
            gateway.stop(preparation.waiting)
            throw error
        }
    }
}
