import Foundation
import TestPorts
import Testing

@Suite(.serialized) struct RefusalTests {
    @Test func `a data directory that cannot be written is refused before anything is made`() throws {
        let site = try Site()
        try FileManager.default.createDirectory(
            atPath: site.data, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o555])
        let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
        let run = try site.start((getuid() == 0 ? nobody : []) + [site.folder + "/set-up", "serve"])
        #expect(try run.end() == 78)
        #expect(run.said.contains("The data directory \(site.data) cannot be written by user"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.data).isEmpty)
    }

    @Test func `a data directory that is a file is refused`() throws {
        let site = try Site()
        try site.write("data", "", mode: 0o600)
        let run = try site.start("prepare")
        #expect(try run.end() == 78)
        #expect(run.said.contains("cannot be written"))
    }

    @Test func `a taken port is named, and nothing is started`() throws {
        let site = try Site()
        let (socket, port) = try FreePort.listen()
        defer { close(socket) }
        let run = try site.start("serve", ["PORT": String(port)])
        #expect(try run.end() == 75)
        #expect(run.said.contains("Port \(port) on 127.0.0.1 is taken"))
        #expect(!site.exists("data"))
    }

    @Test(arguments: [
        ("PORT", "80a"), ("PORT", "65536"), ("PORT", "-1"), ("BIND", "192.0.2.1"), ("BIND", "localhost"),
        ("STACK", "nowhere.yml"), ("MONGODB_URI", "http://127.0.0.1"), ("MONGODB_URI", "mongodb://user:secret@"),
        ("PUBLIC_URL", "accounts.example.org"), ("PUBLIC_URL", "https://a.example/?b"),
    ])
    func `a setting that makes no sense is named, and nothing is started`(name: String, value: String) throws {
        let site = try Site()
        let run = try site.start("serve", [name: value])
        #expect(try run.end() == 78)
        #expect(run.said.split(separator: "\n").count == 1, "\(run.said)")
        #expect(!run.said.contains("secret"))
        #expect(!site.exists("data"))
    }

    @Test func `a gateway that refuses to start passes its status on, and the database is stopped`() throws {
        let site = try Site(gateway: StandIn.refusing)
        let run = try site.start("serve")
        #expect(try run.end() == 78)
        #expect(run.said.contains("stack.yml is broken."))
        #expect(run.said.contains("The gateway ended with status 78 before it was ready."))
        #expect(site.processes.isEmpty)
    }

    @Test func `a gateway that was never built is missed before anything is started`() throws {
        let site = try Site()
        try FileManager.default.removeItem(atPath: site.folder + "/passerelle")
        let run = try site.start("serve")
        #expect(try run.end() == 78)
        #expect(run.said.contains("passerelle is missing"))
        #expect(!site.exists("data"))
    }

    @Test func `without a mongod and without an address of one, both ways out are told`() throws {
        let site = try Site()
        let run = try site.start("prepare", ["PATH": "/nowhere"])
        #expect(try run.end() == 78)
        #expect(run.said.contains("fetch-mongod"))
        #expect(run.said.contains("MONGODB_URI"))
    }
}
