import Foundation
import TestPorts
import Testing

@Suite(.serialized) struct GivenDatabaseTests {
    @Test func `a given database is used, and no server of our own is started`() throws {
        let (owner, guest) = (try Site(), try Site())
        let database = try owner.start("serve")
        try database.waitUntilReady()
        let uri = try owner.read("data/secrets/mongodb-uri")
        let run = try guest.start("serve", ["MONGODB_URI": uri])
        // The other installation's master key is needed for the other installation's data.
        #expect(try run.end() == 78)
        try guest.write("data/secrets/master-key", try owner.read("data/secrets/master-key"), mode: 0o600)
        let again = try guest.start("serve", ["MONGODB_URI": uri])
        try again.waitUntilReady()
        #expect(try guest.read("data/secrets/mongodb-uri") == uri)
        #expect(!guest.exists("data/mongodb"))
        #expect(!again.said.contains(try owner.read("data/mongodb/password-passerelle")))
        again.send(SIGTERM)
        #expect(try again.end() == 0)
        database.send(SIGTERM)
        #expect(try database.end() == 0)
    }

    @Test func `a wrong password is told from a server that is away, and never shown`() throws {
        let (owner, guest) = (try Site(), try Site())
        let database = try owner.start("serve")
        try database.waitUntilReady()
        let password = try owner.read("data/mongodb/password-passerelle")
        let uri = try owner.read("data/secrets/mongodb-uri").replacing(password, with: "hunter2")
        let run = try guest.start("serve", ["MONGODB_URI": uri])
        #expect(try run.end() == 78)
        #expect(run.said.contains("does not take the user and password"))
        #expect(!run.said.contains("hunter2"))
        #expect(!guest.exists("data/gateway-environment.txt"))
        database.send(SIGTERM)
        #expect(try database.end() == 0)
    }

    @Test func `a server that is away is named, with a status that says to try again`() throws {
        let site = try Site()
        let port = try FreePort.take()
        let run = try site.start("serve", ["MONGODB_URI": "mongodb://user:hunter2@127.0.0.1:\(port)/"])
        #expect(try run.end() == 75)
        #expect(run.said.contains("MongoDB at 127.0.0.1:\(port) cannot be reached"))
        #expect(!run.said.contains("hunter2"))
        #expect(!site.exists("data/gateway-environment.txt"))
    }
}
