import BSON
import Foundation
import MongoDB
import TestPorts
import Testing

@Suite(.serialized) struct DatabaseTests {
    @Test func `the functions' user can do what functions do, and no more`() throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        let client = try MongoClient(uri: site.read("data/secrets/mongodb-uri"), applicationName: "test")
        let things = client.collection("passerelle", "things")
        try client.withTransaction { session throws(MongoError) in
            try things.insert(["_id": 1], session: session)
            try things.insert(["_id": 2], session: session)
        }
        #expect(try things.count([:]) == 2)
        let watching: Document = [
            "aggregate": 1, "pipeline": .array([.document(["$changeStream": [:]])]), "cursor": [:],
        ]
        #expect(try client.run(watching, on: "passerelle")["ok"] != nil)
        let forbidden: [(String, Document)] = [
            ("admin", ["createUser": "mallory", "pwd": "x", "roles": .array(["root"])]),
            ("admin", ["usersInfo": .document(["forAllDBs": true])]),
            ("admin", ["shutdown": 1]), ("admin", ["listDatabases": 1, "authorizedDatabases": false]),
            ("local", ["find": "oplog.rs", "limit": 1]), ("other", ["insert": "x", "documents": .array([[:]])]),
        ]
        for (database, command) in forbidden {
            let error = #expect(throws: MongoError.self) { try client.run(command, on: database) }
            guard case .unauthenticated = error else {
                Issue.record("\(database): \(String(describing: error))"); continue
            }
        }
        run.send(SIGTERM)
        #expect(try run.end() == 0)
    }

    @Test func `nobody without a password may read or write`() throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        let uri = try site.read("data/secrets/mongodb-uri")
        let host = try #require(uri.split(separator: "@").last)
        let client = try MongoClient(
            uri: "mongodb://\(host)".replacing("authSource=admin", with: ""), applicationName: "x")
        #expect(throws: MongoError.self) { try client.collection("passerelle", "accounts").findOne([:]) }
        #expect(throws: MongoError.self) {
            try client.run(["createUser": "mallory", "pwd": "x", "roles": .array(["root"])], on: "admin")
        }
        run.send(SIGTERM)
        #expect(try run.end() == 0)
    }

    @Test func `the database listens in its folder, and nowhere else`() throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        #expect(site.exists("data/mongodb/mongod.sock"))
        let mongod = try #require(site.mongod)
        let sockets = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(mongod)/fd")
            .compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(mongod)/fd/\($0)") }
        for table in ["tcp", "tcp6"] {
            let inodes = try whole("/proc/net/\(table)")
                .split(separator: "\n").dropFirst().map { $0.split(separator: " ")[9] }
            #expect(inodes.filter { sockets.contains("socket:[\($0)]") }.isEmpty)
        }
        let paths = try whole("/proc/net/unix").split(separator: "\n").dropFirst()
            .map { $0.split(separator: " ") }.filter { $0.count > 7 && sockets.contains("socket:[\($0[6])]") }.map {
                $0[7]
            }
        #expect(Set(paths) == ["\(site.data)/mongodb/mongod.sock"])
        run.send(SIGTERM)
        #expect(try run.end() == 0)
    }

    /// Read to its end, since the kernel gives a table piece by piece and says that it is empty.
    private func whole(_ path: String) throws -> String {
        let file = try #require(FileHandle(forReadingAtPath: path))
        return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
    }

    @Test func `where a socket's path would be too long, a port of loopback does, the same one each time`() throws {
        let site = try Site(folderName: String(repeating: "long", count: 25))
        for _ in 0..<2 {
            let run = try site.start("prepare")
            #expect(try run.end() == 0, "\(run.said)")
        }
        let port = try site.read("data/mongodb/port")
        #expect(try site.read("data/secrets/mongodb-uri").contains("@127.0.0.1:\(port)/"))
        let (socket, other) = try FreePort.listen()
        defer { close(socket) }
        try site.write("data/mongodb/port", String(other), mode: 0o600)
        #expect(try site.start("prepare").end() == 0)
        #expect(try site.read("data/mongodb/port") != String(other))
    }

    @Test func `data go on working where they were moved`() throws {
        let site = try Site()
        #expect(try site.start("prepare").end() == 0)
        let moved = site.folder + "/moved"
        try FileManager.default.moveItem(atPath: site.data, toPath: moved)
        let run = try site.start("prepare", ["DATA_DIR": moved])
        #expect(try run.end() == 0, "\(run.said)")
        #expect(try site.read("moved/secrets/mongodb-uri").contains("moved"))
    }

    @Test(arguments: ["[2/5]", "[3/5]", "[4/5]", "[5/5]"])
    func `a first start that is killed anywhere leaves nothing that the next one cannot finish`(step: String) throws {
        let site = try Site()
        let run = try site.start("prepare")
        try run.wait(for: step)
        usleep(UInt32.random(in: 0..<300_000))
        run.send(SIGKILL)
        _ = try run.end()
        let next = try site.start("prepare")
        #expect(try next.end() == 0, "\(next.said)")
    }
}
