import GatewayStack
import GatewayWorkers
import Glibc

/// Finds a function's program and puts its environment together; refuses what could not be started.
struct FunctionLaunch {
    let options: GatewayOptions
    let publicURL: String
    /// The folder of the gateway's own executable.
    let ownFolder: String
    /// Copies of the secrets for functions of another user; `nil` where they run as the gateway's own.
    var secrets: PrivateSecrets?

    /// What the function's processes are started with.
    func launch(_ definition: FunctionDefinition) throws(StartFailure) -> Launch {
        let words = (definition.fprocess ?? definition.name).split(separator: " ").map(String.init)
        guard let command = words.first else {
            throw .configuration("fprocess of the function \(definition.name) is empty.")
        }
        let path = try program(command, of: definition)
        var launch = Launch(
            path: path, arguments: words, environment: environment(definition), memory: definition.limits.memory)
        if let confinement = try secrets?.confinement(of: definition) {
            launch.confinement = confinement
            launch.environment.removeAll { $0.hasPrefix("secret_mount_path=") }
            launch.environment.append("secret_mount_path=\(confinement.ownSecrets)")
        }
        launch.limits.filtersSystemCalls = options.systemCallFilter.covers(definition.settings.mode)
        launch.limits.openFiles = definition.settings.openFiles
        launch.limits.processorSeconds = definition.settings.processorSeconds
        launch.limits.processes = definition.settings.processes
        launch.limits.fileSize = definition.settings.fileSize
        return launch
    }

    private func program(_ command: String, of definition: FunctionDefinition) throws(StartFailure) -> String {
        let folder = options.functions ?? ownFolder
        var candidates = [command.contains("/") ? command : folder + "/" + command]
        if definition.fprocess != nil, !command.contains("/") {
            let search = options.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
            candidates += search.split(separator: ":").map { "\($0)/\(command)" }
        }
        guard let path = candidates.first(where: FileSystem.isProgram) else {
            throw .configuration(
                "The program of the function \(definition.name) is not there: \(candidates[0]) is missing or not executable."
            )
        }
        return FileSystem.absolute(path)
    }

    /// The declared variables, and what every function is told.
    private func environment(_ definition: FunctionDefinition) -> [String] {
        var variables = definition.environment
        if variables["PUBLIC_URL", default: ""].isEmpty { variables["PUBLIC_URL"] = publicURL }
        variables["FUNCTION_NAME"] = definition.name
        variables["secret_mount_path"] = FileSystem.absolute(options.secrets)
        // With a path the runtime does not look for its helper in nine places at each start.
        if variables["SWIFT_BACKTRACE"] == nil { variables["SWIFT_BACKTRACE"] = "enable=no,swift-backtrace=/" }
        if definition.settings.mode == .warm { variables["FUNCTION_MODE"] = "warm" }
        return variables.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// Refuses a function whose secrets cannot be read.
    func checkSecrets(_ definition: FunctionDefinition) throws(StartFailure) {
        guard !definition.secrets.isEmpty else { return }
        guard FileSystem.isReadable(options.secrets), FileSystem.isFolder(options.secrets) else {
            throw .configuration(
                "The secrets' folder \(options.secrets) cannot be read (\(FileSystem.words)); "
                    + "the function \(definition.name) needs it.")
        }
        for name in definition.secrets where !FileSystem.isReadable(options.secrets + "/" + name) {
            throw .configuration(
                "The secret \(name), which the function \(definition.name) declares, cannot be read in "
                    + "\(options.secrets) (\(FileSystem.words)).")
        }
    }
}

extension SystemCallFilter {
    fileprivate func covers(_ mode: FunctionSettings.Mode) -> Bool {
        self == .all || self == .warm && mode == .warm
    }
}
