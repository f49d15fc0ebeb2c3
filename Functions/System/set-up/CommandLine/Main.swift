import Glibc

@main
struct Main {
    static func main() {
        do {
            try run(Command(parsing: Array(CommandLine.arguments.dropFirst())))
        } catch {
            report(error)
            exit(error.status)
        }
    }

    private static func run(_ command: Command) throws(Failure) {
        switch command {
        case .help: print(Command.helpText)
        case .version: print("set-up \(Release.number)")
        case .prepare: try Installation(settings: .ofProcess()).prepare()
        case .serve: try Installation(settings: .ofProcess()).serve()
        }
    }

    private static func report(_ failure: Failure) {
        unsafe fputs("set-up: \(failure.sentence)\n", stderr)
    }
}
