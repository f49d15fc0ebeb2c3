import AccountsDomain

/// What the command line asks for.
enum Command: Equatable {
    case serve
    case prepare
    case admin(Login)
    case backup
    case demo(isRemoval: Bool)
    case restore(needsErasures: Bool)
    case help
    case version

    /// Reads the arguments after the program's name.
    init(parsing arguments: [String]) throws(Failure) {
        guard let word = arguments.first else {
            throw .usage("Say what to do: serve, prepare, admin, backup, restore or demo.")
        }
        if word == "admin" {
            self = .admin(try Self.login(arguments.dropFirst()))
            return
        }
        if arguments == ["restore", "--without-erasures"] {
            self = .restore(needsErasures: false)
            return
        }
        if arguments == ["demo", "--remove"] {
            self = .demo(isRemoval: true)
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
        "serve": .serve, "prepare": .prepare, "backup": .backup, "restore": .restore(needsErasures: true),
        "demo": .demo(isRemoval: false),
        "help": .help, "--help": .help, "-h": .help,
        "--version": .version,
    ]

    static let helpText = """
        set-up: makes a data directory and a database ready for the functions, and runs the gateway over them.

        Usage: set-up serve      prepare, start the gateway and watch over it until Ctrl-C or SIGTERM
               set-up prepare    make secrets, users and indexes, then end
               set-up admin LOGIN  make or renew an admin's hand-out; prints it as one line of JSON
               set-up backup     make an encrypted backup, also beside a server that runs
               set-up restore [--without-erasures]
                                 write a backup into an empty database
               set-up demo [--remove]
                                 put in 2,000 made-up players, or take them out again, also beside a server that runs
               set-up --help | --version

        Environment:
          DATA_DIR      where data, secrets and the own database live (./.data)
          PORT, BIND    where the gateway listens (8080, 127.0.0.1)
          STACK         the functions' list (./stack.yml)
          MONGODB_URI   a MongoDB replica set to use; without it one is started: mongod from the PATH,
                        or .tools/mongodb/mongod
          BACKUP_TARGET a directory's absolute path or s3://bucket/prefix ($DATA_DIR/backups);
                        BACKUP_ENDPOINT, BACKUP_REGION, BACKUP_KEEP (14 backups: 14; 30 days: 30d)
          BACKUP_PUBLIC_KEY   the key that backups are encrypted for (a pair is made where it is not set)
          BACKUP_PRIVATE_KEY  for restore: the file with the private key; BACKUP_NAME: which backup (the newest)
          FUNCTION_USER whom functions run as where root starts them: passerelle, else nobody; root for itself
        Everything else in the environment is passed on to the gateway.

        Exit status: 0 stopped as asked, 64 wrong usage, 70 the gateway ended by itself,
        75 something is not there at the moment, 78 something must be put right first.
        """
}
