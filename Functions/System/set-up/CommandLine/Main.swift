import Glibc
import Platform

@main
struct Main {
    static func main() {
        do {
            try run(Command(parsing: Array(CommandLine.arguments.dropFirst())))
        } catch {
            StandardStream.error.write("set-up: \(error.sentence)\n")
            exit(error.status)
        }
    }

    private static func run(_ command: Command) throws(Failure) {
        switch command {
        case .help: StandardStream.output.write(Command.helpText + "\n")
        case .version: StandardStream.output.write("set-up \(Release.number)\n")
        case .prepare: try PrepareCommand.run(settings())
        case .admin(let login): try AdminCommand.run(login, settings())
        case .backup: try BackupCommand.run(settings())
        case .demo(let isRemoval): try DemoCommand.run(settings(), isRemoval: isRemoval)
        case .restore(let needsErasures): try RestoreCommand.run(settings(), needsErasures: needsErasures)
        case .serve: try Supervisor.run(settings())
        }
    }

    private static func settings() throws(Failure) -> Settings {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard let path = unsafe getcwd(&buffer, buffer.count) else {
            throw .misconfigured("The working directory is gone.")
        }
        return try Settings(environment: environment(), workingDirectory: unsafe String(cString: path))
    }

    private static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            let parts = unsafe String(cString: entry).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            unsafe next = unsafe next.successor()
        }
        return variables
    }
}
