import GatewayStack
import GatewayWorkers
import Wire

/// Makes the processes' keeper for a function.
struct PoolMaker {
    let table: ProcessTable
    let launches: FunctionLaunch

    /// A pool without processes, of the kind that the function's mode asks for.
    func pool(_ definition: FunctionDefinition, _ launch: Launch) -> any FunctionPool {
        switch definition.settings.mode {
        case .warm:
            WarmPool(name: definition.name, settings: definition.settings, launch: launch, table: table)
        case .oneShot:
            OneShotPool(
                name: definition.name, settings: definition.settings, launch: launch,
                contentType: definition.environment["content_type"] ?? "text/plain; charset=utf-8",
                startedAhead: isOurs(launch.path) ? definition.settings.startedAhead : 0,
                template: template(definition, launch), table: table)
        }
    }

    /// What a function's template is started with; `nil` where its processes are started one by one.
    private func template(_ definition: FunctionDefinition, _ launch: Launch) -> Launch? {
        guard definition.settings.copies, definition.settings.startedAhead > 0,
            FileSystem.holds(launch.path, FunctionMode.template.rawValue)
        else { return nil }
        return launch.template(filtersSystemCalls: launches.options.systemCallFilter != .off)
    }

    /// A watchdog's one function: warm where its program is built on the runtime, else a process for each call, unless
    /// its environment says which.
    func watched(_ definition: FunctionDefinition) throws(StartFailure) -> FunctionEntry {
        let launch = try launches.launch(definition)
        guard isOurs(launch.path) || definition.settings.mode == .oneShot else {
            let annotations = ["passerelle.mode": FunctionSettings.Mode.oneShot.rawValue]
            guard let other = try? definition.changed(annotations: annotations) else {
                throw .configuration("The function \(definition.name) cannot be served.")
            }
            return try watched(other)
        }
        return FunctionEntry(
            definition: definition, pool: pool(definition, launch), launch: launch, mark: FileMark(path: launch.path))
    }

    /// True for a program that is built on the runtime, which alone knows how to be started before there is a call.
    private func isOurs(_ path: String) -> Bool {
        FileSystem.holds(path, FunctionMode.startedAhead.rawValue)
    }
}
