import Glibc
import Platform

/// A MongoDB server of our own, which lives as long as we do.
final class LocalServer {
    let place: ServerPlace
    private let process: ChildProcess
    private let log: String

    private init(place: ServerPlace, process: ChildProcess, log: String) {
        self.place = place
        self.process = process
        self.log = log
    }

    /// How the server ended; `nil` while it runs.
    var ending: ExitStatus? { process.ending }
    var pid: pid_t { process.pid }

    /// Starts a server over `folder`'s data and waits until it takes connections.
    static func start(
        _ mongod: String, over folder: ServerFolder, log: ServerLog, waiting: Waiting
    ) throws(Failure) -> LocalServer {
        guard try waiting.until(seconds: 60, { !folder.isInUse }) else {
            throw .unavailable("The database in \(folder.path) is in use by another mongod.")
        }
        let place = try folder.place()
        let server = LocalServer(
            place: place, process: try launch(mongod, place, folder, try log.open()), log: log.path)
        try server.awaitConnections(waiting)
        return server
    }

    private static func launch(
        _ mongod: String, _ place: ServerPlace, _ folder: ServerFolder, _ output: consuming Descriptor
    ) throws(Failure) -> ChildProcess {
        let options =
            place.options + [
                "--dbpath", folder.path + "/data", "--replSet", ReplicaSet.name, "--auth",
                "--keyFile", folder.path + "/keyfile", "--oplogSize", "256", "--wiredTigerCacheSizeGB", "0.25",
                "--setParameter", "diagnosticDataCollectionEnabled=false",
                // The only user's password is random and long: more rounds would cost each new worker alone.
                "--setParameter", "scramSHA256IterationCount=5000",
                // A backup reads everything as it was at one instant, however long it takes.
                "--setParameter", "minSnapshotHistoryWindowInSeconds=3600",
            ]
        let program = Program(path: mongod, arguments: options, output: output.number)
        do {
            return try program.start()
        } catch {
            throw .misconfigured("MongoDB cannot be started (\(error)).")
        }
    }

    private func awaitConnections(_ waiting: Waiting) throws(Failure) {
        do throws(Failure) {
            guard try waiting.until(seconds: 60, { self.ending != nil || self.place.answers }) else {
                throw Failure.unavailable("MongoDB takes no connections after a minute; \(log) says more.")
            }
            if let ending { throw Failure.misconfigured("MongoDB \(ending) as it started; \(log) says why.") }
        } catch {
            stop(waiting)
            throw error
        }
    }

    /// Has the server write everything down and end; kills it where that takes longer than half a minute.
    func stop(_ waiting: Waiting) {
        process.send(SIGINT)
        if waiting.patiently(seconds: 30, { self.ending != nil }) { return }
        process.send(SIGKILL)
        _ = waiting.patiently(seconds: 5) { self.ending != nil }
    }
}
