import GatewayStack
import GatewayWorkers
import Glibc

/// One call of a function of the stack file, by its own process: content from standard input, answer to standard output.
package struct Invoked: Equatable, Sendable {
    /// The function's name.
    package let name: String
    /// The request's method; `nil` for a POST of JSON.
    package private(set) var method: String?
    /// The path behind the function's name.
    package private(set) var path: String?
    /// What follows `?`.
    package private(set) var query: String?

    /// Takes the subcommand, the name and its own flags off the arguments.
    init(taking arguments: inout ArraySlice<String>) throws(StartFailure) {
        arguments = arguments.dropFirst()
        guard let name = arguments.popFirst(), !name.hasPrefix("-") else {
            throw .usage("invoke needs a function's name; --help tells more.")
        }
        self.name = name
        var others: [String] = []
        while let argument = arguments.popFirst() {
            switch argument {
            case "--method": method = try Self.value(of: argument, &arguments)
            case "--path": path = try Self.value(of: argument, &arguments)
            case "--query": query = try Self.value(of: argument, &arguments)
            default: others.append(argument)
            }
        }
        arguments = others[...]
    }

    private static func value(of flag: String, _ rest: inout ArraySlice<String>) throws(StartFailure) -> String {
        guard let value = rest.popFirst(), !value.isEmpty else {
            throw .usage("\(flag) needs a value; --help tells which.")
        }
        return value
    }

    /// Becomes the function's process, as a watchdog starts it; throws where it cannot.
    package func run(_ options: GatewayOptions) throws(StartFailure) -> Never {
        let publicURL = options.publicURL ?? "http://127.0.0.1:\(options.port)"
        let stack = try StackSource(path: options.stack, environment: options.environment).read()
        guard let definition = stack.functions.first(where: { $0.name == name }) else {
            throw .usage("There is no function \(name) in \(options.stack).")
        }
        let launches = FunctionLaunch(
            options: options, publicURL: publicURL, ownFolder: FileSystem.folder(of: FileSystem.ownProgram))
        try launches.checkSecrets(definition)
        let launch = try launches.launch(definition)
        let environment = launch.environment.filter { !$0.hasPrefix("FUNCTION_MODE=") } + variables
        if definition.settings.execTimeout > 0 { alarm(UInt32((definition.settings.execTimeout + 999) / 1000)) }
        launch.become(environment: environment)
        throw .configuration("The function \(name) cannot be started (\(FileSystem.words)).")
    }

    private var variables: [String] {
        guard method != nil || path != nil || query != nil else { return [] }
        var variables = ["Http_Method=\(method ?? "POST")", "Http_Path=\(path ?? "/")"]
        if let query { variables.append("Http_Query=\(query)") }
        return variables + ["Http_Content_Type=application/json"]
    }
}
