import BSON
import Foundation
import MongoDB

/// A mongod of the test's own: a replica set of one member on a unix socket, killed in the end.
final class Server {
    let folder: Folder
    private var process: Process
    private var starts = 1
    let uri: String

    init() throws {
        folder = try Folder()
        let socket = folder.path + "/mongod.sock"
        uri = "mongodb://\(socket.replacingOccurrences(of: "/", with: "%2F"))/?directConnection=true"
        try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: true)
        process = try Self.start(in: folder)
        let client = try client()
        try patiently {
            try client.run(
                ["replSetInitiate": ["_id": "rs0", "members": [["_id": 0, "host": .string(socket)]]]], on: "admin")
        }
        try patiently {
            let hello = try client.run(["hello": 1], on: "admin")
            guard hello["isWritablePrimary"]?.bool == true else { throw TestFailure("not yet") }
        }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    func client() throws -> MongoClient {
        try MongoClient(uri: uri, applicationName: "tests")
    }

    private static func start(in folder: Folder) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try binary())
        process.arguments = [
            "--replSet", "rs0", "--bind_ip", folder.path + "/mongod.sock", "--dbpath", folder.path + "/data",
            "--logpath", folder.path + "/log", "--logappend", "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64",
            "--setParameter", "diagnosticDataCollectionEnabled=false",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// One that ended as it started is started again, twice at most; then what it said last is the failure.
    private func reviveIfEnded() throws {
        guard !process.isRunning else { return }
        let log = (try? String(contentsOfFile: folder.path + "/log", encoding: .utf8)) ?? ""
        guard starts < 3 else { throw TestFailure("mongod does not stay: \(log.suffix(2000))") }
        starts += 1
        process = try Self.start(in: folder)
    }

    private func patiently(_ body: () throws -> Void) throws {
        let end = ContinuousClock.now + .seconds(180)
        while true {
            do {
                return try body()
            } catch {
                try reviveIfEnded()
                guard ContinuousClock.now < end else { throw error }
                usleep(50_000)
            }
        }
    }

    private static func binary() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let onPath = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/mongod" }
        let all = [environment["MONGOD"]].compactMap(\.self) + onPath + [Folder.packageRoot + "/.tools/mongodb/mongod"]
        guard let found = all.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw TestFailure("no mongod: set MONGOD, or put one on the PATH or at .tools/mongodb/mongod")
        }
        return found
    }
}
