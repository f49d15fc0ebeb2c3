import AccountsDomain

/// What the command line asks for.
enum Command: Equatable {
    case serve
    case prepare
    case admin(Login)
    case help
    case version

    /// Reads the arguments after the program's name.
    init(parsing arguments: [String]) throws(Failure) {
        guard let word = arguments.first else { throw .usage("Say what to do: serve, prepare or admin.") }
        if word == "admin" {
            self = .admin(try Self.login(arguments.dropFirst()))
            return
        }
        guard let command = Self.words[word] else { throw .usage("There is no command \"\(word)\".") }
        guard arguments.count == 1 else { throw .usage("\"\(word)\" takes nothing after it.") }
        self = command
    }

    private static func login(_ arguments: ArraySlice<String>) throws(Failure) -> Login {
        guard arguments.count == 1, let login = arguments.first.flatMap({ Login(parsing: $0) }) else {
            throw .usage("Say whose hand-out: set-up admin LOGIN, 3 to 64 ASCII letters, digits or . _ - @ +")
        }
        return login
    }

    private static let words: [String: Command] = [
        "serve": .serve, "prepare": .prepare,
        "help": .help, "--help": .help, "-h": .help,
        "--version": .version,
    ]

    static let helpText = """
        set-up: makes a data directory and a database ready for the functions, and runs the gateway over them.

        Usage: set-up serve      prepare, start the gateway and watch over it until Ctrl-C or SIGTERM
               set-up prepare    make secrets, users and indexes, then end
               set-up admin LOGIN  make or renew an admin's hand-out; prints it as one line of JSON
               set-up --help | --version

        Environment:
          DATA_DIR      where data, secrets and the own database live (./.data)
          PORT, BIND    where the gateway listens (8080, 127.0.0.1)
          STACK         the functions' list (./stack.yml)
          MONGODB_URI   a MongoDB replica set to use; without it one is started: mongod from the PATH,
                        or .tools/mongodb/mongod
        Everything else in the environment is passed on to the gateway.

        Exit status: 0 stopped as asked, 64 wrong usage, 70 the gateway ended by itself,
        75 something is not there at the moment, 78 something must be put right first.
        """
}
