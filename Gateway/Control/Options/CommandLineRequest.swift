/// What the command line asks of the gateway's program.
package enum CommandLineRequest: Sendable {
    /// Serve with these options.
    case serve(GatewayOptions)
    /// Serve one function, without a stack file, as its container's watchdog.
    case watch(String, GatewayOptions)
    /// Read a stack file and say whether it is good.
    case check(GatewayOptions)
    /// Become a function of the stack file, for one call.
    case invoke(Invoked, GatewayOptions)
    /// Print this and exit with 0.
    case show(String)

    /// The program's version.
    package static let version = "0.1.0"

    /// Reads the arguments after the program's name.
    package init(arguments: [String], environment: [String: String]) throws(StartFailure) {
        var options = try GatewayOptions(environment: environment)
        var rest = arguments[...]
        if let shown = Self.shown(arguments) {
            self = .show(shown)
            return
        }
        switch rest.first {
        case "check":
            if let path = rest.dropFirst().first, !path.hasPrefix("-") {
                options.stack = path
                rest = rest.dropFirst()
            }
            try options.apply(rest.dropFirst())
            self = .check(options)
        case "invoke":
            let invoked = try Invoked(taking: &rest)
            try options.apply(rest)
            self = .invoke(invoked, options)
        default:
            try options.apply(rest)
            self = options.function.map { .watch($0, options) } ?? .serve(options)
        }
    }

    private static func shown(_ arguments: [String]) -> String? {
        for argument in arguments {
            switch argument {
            case "--help", "-h": return help
            case "--version": return "passerelle \(version)"
            default: continue
            }
        }
        return nil
    }

    static let help = """
        passerelle: calls the functions of a stack file over HTTP.

        usage: passerelle [flags]                       serve the functions of a stack file
               passerelle check [stack.yml] [flags]     say whether a stack file is good: a sentence for each fault
               passerelle invoke NAME [flags] < BODY    call one function by itself: its answer, its exit status
               passerelle --function NAME [flags]       serve one function as its container's watchdog

          --bind ADDRESS       address to listen on             BIND         127.0.0.1
          --port PORT          port to listen on, 0 for any     PORT         8080
          --stack FILE         the functions                    STACK        stack.yml
          --functions FOLDER   their executables                FUNCTIONS    the gateway's own folder
          --secrets FOLDER     their secrets                    SECRETS      $DATA_DIR/secrets
          --pages FOLDER       pages and openapi.json           PAGES        Gateway/Pages beside the stack file
          --public-url URL     what links begin with            PUBLIC_URL   http://127.0.0.1:PORT
          --function NAME      one function, its settings from the environment as OpenFaaS's watchdogs read them:
                               port (8080), fprocess, exec_timeout, read_timeout, write_timeout, max_inflight,
                               healthcheck_interval, ready_path, suppress_lock, prefix_logs, content_type,
                               metrics_port (8081), mode (streaming: a process for each call), workers_min, workers_max
          --method, --path, --query    of the call that invoke makes    POST, /, none
          --ready-fd NUMBER    write the address there once the gateway listens
          --check-settings     refuse to serve where a function finds fault with its settings or secrets
          --help, --version

        Also from the environment:
          TRUSTED_PROXIES      addresses and networks whose X-Forwarded-* fields are believed, separated by commas
          ACCESS_LOG           on or off
          DRAIN_TIMEOUT, HEAD_TIMEOUT, BODY_TIMEOUT, IDLE_TIMEOUT, SEND_TIMEOUT   such as 10s
          MAX_CONNECTIONS      connections served at one time
          FUNCTION_USER        whom functions run as where the gateway is root: passerelle, else nobody; root for itself
          FUNCTION_SECCOMP     whose system calls are filtered: warm (workers that stay), all, off

        It exits with 0 when told to stop, 64 for a wrong command line, 75 for what may pass (a port taken),
        78 for a wrong configuration.
        """
}

extension GatewayOptions {
    private static let flags = [
        "--bind": "BIND", "--port": "PORT", "--stack": "STACK", "--functions": "FUNCTIONS", "--secrets": "SECRETS",
        "--pages": "PAGES", "--public-url": "PUBLIC_URL",
    ]

    mutating func apply(_ arguments: ArraySlice<String>) throws(StartFailure) {
        var rest = arguments
        while let argument = rest.popFirst() { try apply(argument, &rest) }
    }

    private mutating func apply(_ argument: String, _ rest: inout ArraySlice<String>) throws(StartFailure) {
        if argument == "--check-settings" { return checksSettings = true }
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        let flag = parts.first ?? ""
        guard ["--ready-fd", "--function"].contains(flag) || Self.flags[flag] != nil else {
            throw .usage("\"\(argument)\" is no flag of passerelle; --help lists them.")
        }
        guard let value = parts.count > 1 ? parts[1] : rest.popFirst(), !value.isEmpty else {
            throw .usage("\(flag) needs a value; --help tells which.")
        }
        if let name = Self.flags[flag] { return try set(name, to: value) }
        guard flag == "--ready-fd" else { return function = value }
        guard let number = Int32(value), number > 2 else {
            throw .usage("--ready-fd must be a descriptor over 2, not \"\(value)\".")
        }
        readyDescriptor = number
    }
}
