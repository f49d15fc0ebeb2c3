import BSON
import Foundation
package import MongoDB
import TestPorts

/// A mongod of the tests' own: one-node replica set, authentication on, on a free loopback port and a unix socket.
///
/// It dies with the test process, however that ends: a shell that watches a pipe kills it and removes its files.
package final class MongoServer: Sendable {
    /// The one that most tests share; each uses a database of its own.
    package static let shared = Result { try MongoServer() }

    package static let user = "tester"
    package static let password = "correct-horse-battery"

    package let folder: String
    package let port: UInt16
    private let binary: String
    private let extra: [String]
    private let process = Locked<WatchedProcess?>(nil)

    /// With `testCommands` the server can be told to fail (its `configureFailPoint`); one that is not `initiated` is a
    /// member of no set until `setUp()`.
    package init(testCommands: Bool = false, initiated: Bool = true) throws {
        binary = try MongoBinary.path()
        folder = try Self.makeFolder()
        port = try FreePort.take()
        extra = testCommands ? ["--setParameter", "enableTestCommands=1"] : []
        try start()
        if initiated { try setUp() }
    }

    /// Where an authenticated client connects.
    package var uri: String {
        "mongodb://\(Self.user):\(Self.password)@127.0.0.1:\(port)/?replicaSet=rs0"
    }

    /// The same over the unix socket.
    package var socketURI: String {
        let socket = "\(folder)/mongodb-\(port).sock".replacingOccurrences(of: "/", with: "%2F")
        return "mongodb://\(Self.user):\(Self.password)@\(socket)/?directConnection=true"
    }

    package func client() throws -> MongoClient {
        try MongoClient(uri: uri, applicationName: "tests")
    }

    package func start() throws {
        try process.set(
            WatchedProcess(
                binary,
                [
                    "--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", String(port), "--dbpath", folder,
                    "--keyFile", "\(folder)/key", "--auth", "--unixSocketPrefix", folder, "--logpath",
                    "\(folder)/log", "--logappend", "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64",
                    "--setParameter", "diagnosticDataCollectionEnabled=false",
                ] + extra, folder: folder))
    }

    /// Kills it and removes its files; a server that is not the shared one lives until here.
    package func end() {
        kill()
        process.set(nil)
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Kills it as the kernel would, and waits until it is gone.
    package func kill() {
        process.get()?.kill()
    }

    /// Stops it for a moment, as a machine that hangs.
    package func signal(_ number: Int32) {
        process.get()?.signal(number)
    }

    private static func makeFolder() throws -> String {
        // A folder on disk: 300 MB of journal and tables are too much for a tmpfs.
        var name = Array("/var/tmp/passerelle-mongodb-XXXXXX".utf8CString)
        guard let made = unsafe mkdtemp(&name) else { throw TestFailure("mkdtemp failed") }
        let folder = unsafe String(cString: made)
        let key = Data("c2hhcmVkLWJ5LXRoZS1vbmUtbWVtYmVyLW9mLXRoZS1zZXQ=\n".utf8)
        try key.write(to: URL(fileURLWithPath: "\(folder)/key"))
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: "\(folder)/key")
        return folder
    }

    /// A client that shows no credentials and asks for no set.
    package func stranger() throws -> MongoClient {
        try MongoClient(uri: "mongodb://127.0.0.1:\(port)/?directConnection=true", applicationName: "tests")
    }

    /// Makes it a set of one, with its user.
    package func setUp() throws {
        let client = try stranger()
        let members: BSONValue = [["_id": 0, "host": .string("127.0.0.1:\(port)")]]
        try patiently { try client.run(["replSetInitiate": ["_id": "rs0", "members": members]], on: "admin") }
        try patiently {
            try client.run(
                [
                    "createUser": .string(Self.user), "pwd": .string(Self.password), "roles": ["root"],
                ], on: "admin")
        }
    }

    /// Calls `body` until it does not throw, for three minutes.
    @discardableResult
    package func patiently<Value>(_ body: () throws -> Value) throws -> Value {
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
}
