import BSON
import Foundation
import MongoDB

/// A mongod of the test's own: a replica set of one member on a unix socket, killed in the end.
final class Server {
    let folder: Folder
    private let process = Process()
    let uri: String

    init() throws {
        folder = try Folder()
        let socket = folder.path + "/mongod.sock"
        uri = "mongodb://\(socket.replacingOccurrences(of: "/", with: "%2F"))/?directConnection=true"
        process.executableURL = URL(fileURLWithPath: try Self.binary())
        try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: true)
        process.arguments = [
            "--replSet", "rs0", "--bind_ip", socket, "--dbpath", folder.path + "/data", "--logpath",
            folder.path + "/log", "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64",
            "--setParameter", "diagnosticDataCollectionEnabled=false",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
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
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func client() throws -> MongoClient {
        try MongoClient(uri: uri, applicationName: "tests")
    }

    private func patiently(_ body: () throws -> Void) throws {
        let end = ContinuousClock.now + .seconds(180)
        while true {
            do {
                return try body()
            } catch {
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
