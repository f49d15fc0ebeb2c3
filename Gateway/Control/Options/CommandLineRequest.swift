/// What the command line asks of the gateway's program.
package enum CommandLineRequest: Sendable {
    /// Serve with these options.
    case serve(GatewayOptions)
    /// Read a stack file and say whether it is good.
    case check(GatewayOptions)
    /// Print this and exit with 0.
    case show(String)

    /// The program's version.
    package static let version = "0.1.0"

    /// Reads the arguments after the program's name.
    package init(arguments: [String], environment: [String: String]) throws(StartFailure) {
        var options = try GatewayOptions(environment: environment)
        var rest = arguments[...]
        var checks = false
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h":
                self = .show(Self.help)
                return
            case "--version":
                self = .show("passerelle \(Self.version)")
                return
            case "check" where !checks:
                checks = true
            case _ where checks && !argument.hasPrefix("-"):
                options.stack = argument
            default:
                try options.apply(argument, &rest)
            }
        }
        self = checks ? .check(options) : .serve(options)
    }

    static let help = """
        passerelle: calls the functions of a stack file over HTTP.

        usage: passerelle [flags]
               passerelle check [stack.yml]

          --bind ADDRESS       address to listen on             BIND         127.0.0.1
          --port PORT          port to listen on, 0 for any     PORT         8080
          --stack FILE         the functions                    STACK        stack.yml
          --functions FOLDER   their executables                FUNCTIONS    the gateway's own folder
          --secrets FOLDER     their secrets                    SECRETS      $DATA_DIR/secrets
          --pages FOLDER       pages and openapi.json           PAGES        Gateway/Pages beside the stack file
          --public-url URL     what links begin with            PUBLIC_URL   http://127.0.0.1:PORT
          --ready-fd NUMBER    write the address there once the gateway listens
          --help, --version

        Also from the environment:
          TRUSTED_PROXIES      peers whose X-Forwarded-* fields are believed, separated by commas
          ACCESS_LOG           on or off
          DRAIN_TIMEOUT, HEAD_TIMEOUT, BODY_TIMEOUT, IDLE_TIMEOUT, SEND_TIMEOUT   such as 10s
          MAX_CONNECTIONS      connections served at one time

        It exits with 0 when told to stop, 64 for a wrong command line, 75 for what may pass (a port taken),
        78 for a wrong configuration.
        """
}

extension GatewayOptions {
    private static let flags = [
        "--bind": "BIND", "--port": "PORT", "--stack": "STACK", "--functions": "FUNCTIONS", "--secrets": "SECRETS",
        "--pages": "PAGES", "--public-url": "PUBLIC_URL",
    ]

    mutating func apply(_ argument: String, _ rest: inout ArraySlice<String>) throws(StartFailure) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        let flag = parts.first ?? ""
        guard flag == "--ready-fd" || Self.flags[flag] != nil else {
            throw .usage("\"\(argument)\" is no flag of passerelle; --help lists them.")
        }
        guard let value = parts.count > 1 ? parts[1] : rest.popFirst(), !value.isEmpty else {
            throw .usage("\(flag) needs a value; --help tells which.")
        }
        if let name = Self.flags[flag] { return try set(name, to: value) }
        guard let number = Int32(value), number > 2 else {
            throw .usage("--ready-fd must be a descriptor over 2, not \"\(value)\".")
        }
        readyDescriptor = number
    }
}
