import Foundation
import Glibc
import TestPorts
import Testing

/// A whole installation of its own: set-up, gateway, functions and database, over a fresh data directory.
final class Installation: Sendable {
    let folder: String
    let port: UInt16
    let client: Client
    let store: Store
    private let supervisor: Supervisor

    @TaskLocal static var running: Installation?

    /// The one that the running suite was given.
    static var here: Installation {
        get throws { try #require(running, "this test belongs into a suite with an installation") }
    }

    /// Starts everything, over the data of one that was stopped where it is given, and waits until it serves.
    init(over former: Installation? = nil, _ settings: [String: String] = [:]) throws {
        signal(SIGPIPE, SIG_IGN)
        folder = former?.folder ?? "/var/tmp/passerelle-test-\(UUID().uuidString.prefix(8))"
        port = try FreePort.take()
        client = Client(port: port)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let ours = [
            "PATH": path + ":" + Environment.fetchedServer, "DATA_DIR": folder + "/data", "PORT": String(port),
            "STACK": Environment.root + "/stack.yml", "SWIFT_BACKTRACE": "enable=no",
        ]
        supervisor = try Supervisor(ours.merging(settings) { $1 }, log: folder + "/log")
        do {
            try supervisor.waitUntilReady()
            store = try Store(data: folder + "/data")
        } catch {
            supervisor.stop()
            throw error
        }
    }

    /// Stops everything; the data stay until `remove`.
    func stop() {
        store.close()
        supervisor.stop()
    }

    /// Removes what it has on the disk, and ends it first where a test has left it before it came to that.
    func remove() {
        if isRunning { supervisor.stop() }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The supervisor's process.
    var pid: Int32 { supervisor.pid }
    var isRunning: Bool { supervisor.isRunning }

    /// What all its processes have said so far.
    var log: String { (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "" }

    func secret(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/data/secrets/" + name, encoding: .utf8)
    }

    /// Its processes of that name, wherever in the tree they are.
    func processes(_ name: String) -> [Int32] {
        Processes.all.filter { Processes.program($0) == name && Processes.belongs($0, to: folder) }
    }
}

/// The process of `set-up serve`.
private final class Supervisor: @unchecked Sendable {
    // The process is started in init; afterwards only its state is asked for, which Foundation guards.
    private let process = Process()
    private let log: String

    init(_ environment: [String: String], log: String) throws {
        self.log = log
        try Data().write(to: URL(fileURLWithPath: log))
        let output = try #require(FileHandle(forWritingAtPath: log))
        process.executableURL = URL(fileURLWithPath: try Environment.program("set-up"))
        process.arguments = ["serve"]
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    func waitUntilReady() throws {
        guard Patience.until({ said.contains("is ready at") || !isRunning }), isRunning else {
            throw Missing(sentence: "The installation does not start; it says: \(said)")
        }
    }

    func stop() {
        if isRunning { kill(pid, SIGTERM) }
        if Patience.until({ !isRunning }) { return }
        kill(pid, SIGKILL)
    }

    private var said: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
}
