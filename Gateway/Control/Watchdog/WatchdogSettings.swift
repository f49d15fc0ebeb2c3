import GatewayStack

/// What a watchdog is told by its container's environment, as OpenFaaS's watchdogs are.
struct WatchdogSettings {
    /// The one function, its settings read from the environment.
    let function: FunctionDefinition
    /// The port that calls come to (`port`, or `PORT`).
    let port: UInt16
    /// The port that the figures are read from (`metrics_port`).
    let metricsPort: UInt16
    /// Milliseconds that it stays there, saying that it is unhealthy, after it was told to stop.
    let healthInterval: Int
    /// Milliseconds that running calls have after that.
    let drainTimeout: Int
    /// The file whose absence says that it is unhealthy; `nil` where none is kept.
    let lockFile: String?
    /// The function's path that is asked whether it is ready; `nil` where that is the watchdog's own to say.
    let readyPath: String?
    /// False where the function's lines are written as they are, without time and name.
    let prefixesLogs: Bool

    /// Reads the environment; throws for what cannot be read, so that a wrong setting shows at the start.
    init(_ name: String, _ options: GatewayOptions) throws(StartFailure) {
        let reader = WatchdogReader(environment: options.environment)
        function = try reader.function(name)
        port = try reader.port("port") ?? options.port
        metricsPort = try reader.port("metrics_port") ?? 8081
        let writeTimeout = function.settings.writeTimeout ?? 10_000
        healthInterval = try reader.duration("healthcheck_interval") ?? writeTimeout
        drainTimeout = max(function.settings.execTimeout, writeTimeout)
        let folder = reader.text("TMPDIR") ?? "/tmp"
        lockFile = try reader.truth("suppress_lock") ?? false ? nil : folder + "/.lock"
        readyPath = try reader.path("ready_path")
        prefixesLogs = try reader.truth("prefix_logs") ?? true
    }
}

/// Reads single settings out of the environment.
private struct WatchdogReader {
    let environment: [String: String]

    func text(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func function(_ name: String) throws(StartFailure) -> FunctionDefinition {
        do throws(StackError) {
            return try FunctionDefinition(
                watching: name, fprocess: text("fprocess") ?? text("function_process"), environment: environment)
        } catch {
            throw .configuration("The function \(name) cannot be served so: \(error).")
        }
    }

    func port(_ name: String) throws(StartFailure) -> UInt16? {
        try read(name, "a port") { Quantity.natural($0[...]).flatMap { UInt16(exactly: $0) } }
    }

    func duration(_ name: String) throws(StartFailure) -> Int? {
        try read(name, "a duration such as 5s, at most 24h") { text in
            Quantity.milliseconds(text).flatMap { $0 <= 86_400_000 ? $0 : nil }
        }
    }

    func truth(_ name: String) throws(StartFailure) -> Bool? {
        try read(name, "true or false") { ["true": true, "1": true, "false": false, "0": false][$0.lowercased()] }
    }

    func path(_ name: String) throws(StartFailure) -> String? {
        try read(name, "a path that begins with /") { text in
            text.hasPrefix("/") && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x3f } ? text : nil
        }
    }

    private func read<Value>(
        _ name: String, _ expected: String, _ parse: (String) -> Value?
    ) throws(StartFailure) -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = parse(text) else { throw .configuration("\(name) must be \(expected), not \"\(text)\".") }
        return value
    }
}
