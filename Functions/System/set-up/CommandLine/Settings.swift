import Platform
import Wire

/// What the environment decides.
struct Settings: Equatable {
    /// Absolute.
    let dataDirectory: String
    let address: ListenAddress
    /// Absolute.
    let stack: String
    /// A replica set that someone else runs; `nil` where one of our own is started.
    let mongodbURI: MongoURI?
    /// Folders to look for mongod in, in order.
    let mongodFolders: [String]
    /// Whom functions are to run as (`FUNCTION_USER`); `nil` where nobody is named.
    let functionUser: String?
    /// What the gateway inherits: all but what may hold a password.
    let passedOn: [String: String]

    /// Reads `environment`; relative paths are meant from `workingDirectory`.
    init(environment: [String: String], workingDirectory: String) throws(Failure) {
        func value(_ name: String, or fallback: String) -> String {
            guard let value = environment[name], !value.isEmpty else { return fallback }
            return value
        }
        func absolute(_ path: String) -> String {
            path.hasPrefix("/") ? path : workingDirectory + "/" + path.trimmingDotSlash
        }
        dataDirectory = absolute(value("DATA_DIR", or: ".data"))
        stack = absolute(value("STACK", or: "stack.yml"))
        address = try ListenAddress(host: value("BIND", or: "127.0.0.1"), port: value("PORT", or: "8080"))
        let uri = value("MONGODB_URI", or: "")
        mongodbURI = uri.isEmpty ? nil : try MongoURI(parsing: uri)
        mongodFolders =
            value("PATH", or: "/usr/bin:/bin").split(separator: ":").map(String.init)
            + [absolute(".tools/mongodb")]
        let publicURL = value(PublicURL.variable, or: "")
        if !publicURL.isEmpty { try Self.check(publicURL) }
        functionUser = environment[FunctionUser.variable].flatMap { $0.isEmpty ? nil : $0 }
        passedOn = environment.filter { $0.key != "MONGODB_URI" }
    }

    /// It is the gateway's, but goes into the links that are made without one, too.
    private static func check(_ publicURL: String) throws(Failure) {
        do { _ = try PublicURL(parsing: publicURL) } catch { throw .misconfigured(error.sentence) }
    }

    /// Where the secrets are, one file each.
    var secrets: String { dataDirectory + "/secrets" }
    /// Where everything of the own database is but its log.
    var database: String { dataDirectory + "/mongodb" }
    /// The own database's log.
    var databaseLog: String { dataDirectory + "/mongod.log" }

    /// Whether functions put backups where `make backup` does where nothing else is said.
    var keepsBackupsInside: Bool { passedOn["BACKUP_TARGET"] == dataDirectory + "/" + Self.backups }
    /// The folder in the data directory for backups that go nowhere else.
    static let backups = "backups"

    /// The gateway's environment.
    var gatewayEnvironment: [String: String] {
        let ours = [
            "AUDIT_HEAD_PATH": dataDirectory + "/audit-heads", "ERASURES_PATH": dataDirectory + "/erasures",
            "SNAPSHOT_DIR": dataDirectory + "/snapshots",
            "DATA_DIR": dataDirectory, "SECRETS": secrets, "STACK": stack,
            "BIND": address.host, "PORT": String(address.port),
        ]
        return passedOn.merging(ours) { _, own in own }
    }
}

extension String {
    fileprivate var trimmingDotSlash: Substring {
        var rest = self[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return rest
    }
}
