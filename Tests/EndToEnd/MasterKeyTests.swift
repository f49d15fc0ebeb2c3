import Foundation
import JSON
import Testing

/// The master key of a running installation, over HTTP.
@Suite(.serialized, .installation) struct MasterKeyTests {
    @Test func `a master key is rotated while everybody logs in, and the one before may go`() throws {
        let installation = try Installation.here
        let admin = try Admin.appoint(at: installation)
        var people = try (0..<3).map { _ in try Person.register(at: installation) }
        try people[0].logIn()
        let before = try operations(admin)
        let refused = try admin.rotate(["masterKey": true])
        #expect(refused.status == 409 && refused.text.contains("master-key-previous"), "\(refused)")

        let old = try installation.secret("master-key")
        let secrets = installation.folder + "/data/secrets/"
        let new = Data((0..<96).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
        try old.write(toFile: secrets + "master-key-previous", atomically: true, encoding: .utf8)
        try new.write(toFile: secrets + "master-key", atomically: true, encoding: .utf8)
        let ordered = try admin.rotate(["masterKey": true])
        #expect([200, 202].contains(ordered.status), "\(ordered)")
        let id = try #require(ordered.json["operationId"].string)
        #expect(Patience.until { (try? operation(id, admin))?["status"].string == "done" })
        let done = try operation(id, admin)
        #expect(done["previousMayGo"] == true)
        #expect((done["rewrapped"].integer ?? 0) >= 5, "\(done)")
        #expect(try operations(admin) == [id] + before)

        try FileManager.default.removeItem(atPath: secrets + "master-key-previous")
        for index in people.indices { try people[index].logIn() }
        var late = try Person.register(at: installation)
        try late.logIn()
        #expect(try installation.store.find("audit", ["type": "master-key.rotated"]).count == 1)
    }

    @Test func `the master key is rotated by admins alone`() throws {
        let installation = try Installation.here
        var person = try Person.register(at: installation)
        try person.logIn()
        #expect(try person.rotate(["masterKey": true]).status == 403)
        #expect(try installation.client.post("/function/rotate-credentials", ["masterKey": true]).status == 401)
        #expect(try installation.client.post("/function/rotate-credentials/operations/run", [:]).status == 404)
    }

    private func operation(_ id: String, _ admin: Person) throws -> JSONValue {
        try admin.client.send("GET", "/function/rotate-credentials/operations/\(id)", admin.bearer).json
    }

    private func operations(_ admin: Person) throws -> [String] {
        let answer = try admin.client.send("GET", "/function/rotate-credentials/operations", admin.bearer)
        try #require(answer.status == 200, "\(answer)")
        return answer.json["operations"].elements.compactMap { $0["operationId"].string }
    }
}
