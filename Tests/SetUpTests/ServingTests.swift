import Foundation
import TestPorts
import Testing

@Suite(.serialized) struct ServingTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func `whoever asks for the end gets it: the gateway drains, the database closes, status 0`(signal: Int32) throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        run.send(signal)
        #expect(try run.end() == 0)
        #expect(try site.read("data/gateway.txt") == "drained\n")
        #expect(try site.read("data/mongod.log").contains(#""msg":"Shutting down","attr":{"exitCode":0}"#))
        #expect(site.processes.isEmpty)
    }

    @Test func `the gateway gets its settings, and no connection string`() throws {
        let site = try Site()
        let run = try site.start("serve", ["MONGODB_URI": "", "PUBLIC_URL": "https://example.org"])
        try run.waitUntilReady()
        let variables = try site.read("data/gateway-environment.txt").split(separator: "\n")
        for expected in [
            "PORT=\(site.port)", "BIND=127.0.0.1", "DATA_DIR=\(site.data)", "SECRETS=\(site.secrets)",
            "STACK=\(site.folder)/stack.yml", "PUBLIC_URL=https://example.org",
        ] {
            #expect(variables.contains(Substring(expected)))
        }
        #expect(!variables.contains { $0.hasPrefix("MONGODB_URI=") })
        run.send(SIGTERM)
        #expect(try run.end() == 0)
    }

    @Test func `a gateway that is killed ends the supervisor, leaves nothing behind, and the next start works`() throws
    {
        let site = try Site(gateway: StandIn.parental)
        let run = try site.start("serve")
        try run.waitUntilReady()
        let gateway = try #require(site.processes.first { Processes.name($0) == "passerelle" })
        kill(gateway, SIGKILL)
        #expect(try run.end() == 70)
        #expect(run.said.contains("The gateway was killed by signal 9"))
        #expect(site.processes.isEmpty)
        let next = try site.start("serve")
        try next.waitUntilReady()
        next.send(SIGTERM)
        _ = try next.end()
    }

    @Test func `a supervisor that is killed takes all along, and the next start waits for them`() throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        let before = site.processes
        run.send(SIGKILL)
        #expect(try run.end() == -SIGKILL)
        let next = try site.start("serve")
        try next.waitUntilReady()
        #expect(site.processes.filter { before.contains($0) }.isEmpty)
        next.send(SIGTERM)
        #expect(try next.end() == 0)
    }

    @Test func `a database that dies is started again under the same gateway`() throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        let gateway = site.processes.first { Processes.name($0) == "passerelle" }
        kill(try #require(site.mongod), SIGKILL)
        try run.wait(for: "MongoDB is back.")
        try #require(Patience.until { site.mongod != nil })
        #expect(site.processes.first { Processes.name($0) == "passerelle" } == gateway)
        run.send(SIGTERM)
        #expect(try run.end() == 0)
        #expect(site.processes.isEmpty)
    }

    @Test func `a second supervisor on the same data is refused, and the first goes on`() throws {
        let site = try Site()
        let run = try site.start("serve")
        try run.waitUntilReady()
        let second = try site.start("serve", ["PORT": String(FreePort.take())])
        #expect(try second.end() == 75)
        #expect(second.said.contains("is in use by process \(run.pid)"))
        #expect(run.isRunning)
        run.send(SIGTERM)
        #expect(try run.end() == 0)
    }
}
