import Glibc
import Platform

/// A data directory, its secrets and its database, made ready and watched over.
final class Preparation {
    let settings: Settings
    let progress: Progress
    let waiting: Waiting
    /// Our own server, where no other is given.
    private(set) var server: LocalServer?
    private let directory: DataDirectory
    private var mongod = ""

    /// Takes the data directory. To be called before there are threads.
    init(settings: Settings, steps: Int, isQuiet: Bool = false) throws(Failure) {
        self.settings = settings
        progress = Progress(steps: steps, on: isQuiet ? .error : .output)
        waiting = Waiting(signals: try Signals(), progress: progress)
        umask(0o077)
        Orphans.adopt()
        progress.step("Data directory \(settings.dataDirectory)")
        directory = try DataDirectory.take(settings.dataDirectory)
        progress.finish()
    }

    /// Makes secrets, server, users, indexes and the first data key, each where it is missing.
    func complete() throws(Failure) {
        try finish(open())
    }

    /// Makes secrets, server and users where they are missing; what is in the database stays as it is.
    func open() throws(Failure) -> Store {
        let secrets = InstallationSecrets(path: settings.secrets)
        progress.step("Secrets")
        let made = try secrets.complete(random: SystemRandom())
        progress.finish(made == 0 ? "found" : "\(made) made")
        let uri = try startDatabase()
        let store = try Store(uri: uri, server: databaseName)
        try store.reach()
        try secrets.setDatabase(uri: uri)
        return store
    }

    /// Makes indexes and the first data key where they are missing.
    func finish(_ store: Store) throws(Failure) {
        progress.step("Indexes")
        try store.makeIndexes()
        progress.finish()
        progress.step("Master key")
        let secrets = InstallationSecrets(path: settings.secrets)
        try store.verify(secrets.masterKeys(), secrets: settings.secrets)
        progress.finish()
    }

    /// Stops our own server.
    func close() {
        progress.abandon()
        Orphans.end(sparing: server.map { [$0.pid] } ?? [])
        guard let server else { return }
        server.stop(waiting)
        self.server = nil
    }

    /// Starts our own server again after it ended by itself.
    func restartDatabase() throws(Failure) {
        server = nil
        _ = try startServer()
    }

    private var databaseName: String {
        settings.mongodbURI.map { "MongoDB at \($0)" } ?? "The database in \(settings.database)"
    }

    /// Gives the connection string for the functions.
    private func startDatabase() throws(Failure) -> String {
        if let given = settings.mongodbURI {
            progress.step("MongoDB at \(given)")
            try Store(uri: given.text, server: databaseName).reach()
            progress.finish("reached")
            return given.text
        }
        mongod = try findMongod()
        progress.step("MongoDB")
        let uri = try startServer()
        progress.finish()
        return uri
    }

    private func startServer() throws(Failure) -> String {
        let random = SystemRandom()
        let folder = try ServerFolder(path: settings.database, random: random)
        let user = try folder.user("passerelle", random: random)
        let administrator = try folder.user("administrator", random: random)
        let server = try LocalServer.start(
            mongod, over: folder, log: ServerLog(path: settings.databaseLog), waiting: waiting)
        self.server = server
        try ReplicaSet(at: server.place, administrator: administrator).complete(functions: user, waiting: waiting)
        return server.place.uri(for: user)
    }

    private func findMongod() throws(Failure) -> String {
        let candidates = settings.mongodFolders.map { $0 + "/mongod" }
        guard let found = candidates.first(where: { unsafe access($0, X_OK) == 0 }) else {
            throw .misconfigured(
                "There is no mongod on the PATH or in .tools/mongodb: "
                    + "run Gateway/Deploy/local/fetch-mongod, or set MONGODB_URI to a server that runs.")
        }
        return found
    }
}
