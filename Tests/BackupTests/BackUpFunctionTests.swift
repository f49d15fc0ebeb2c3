import BSON
import Foundation
import JSON
import MongoDB
import Testing

/// The function that the schedule calls.
@Suite struct BackUpFunctionTests {
    let site: Site
    let key: [String: String]

    init() throws {
        site = try Site()
        let secret = try String(contentsOfFile: site.data + "/secrets/internal-key", encoding: .utf8)
        key = ["Http_Passerelle_Internal_Key": secret]
    }

    @Test func `it is not there for whoever is not the gateway`() throws {
        #expect(try site.call("back-up").status == 404)
        #expect(try site.call("back-up", "GET").status == 404)
    }

    @Test func `it makes a backup, keeps as many as it is told, and lists them`() throws {
        _ = try site.backUp()
        for _ in 0..<3 {
            usleep(1_100_000)
            let (status, answer) = try site.call("back-up", with: key.merging(["BACKUP_KEEP": "2"]) { $1 })
            #expect(status == 200)
            #expect((answer["documents"]?.integer ?? 0) > 0)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: site.backups).count == 2)
        let list = try site.call("back-up", "GET", with: key).json["backups"]?.array ?? []
        #expect(list.compactMap { $0["status"]?.string } == ["done", "done", "done", "done"])
        #expect(list.allSatisfy { $0["target"]?.string == site.backups && ($0["bytes"]?.integer ?? 0) > 0 })
        #expect(try site.collection("audit").count(["type": "backup.made"]) == 4)
    }

    @Test func `without a target there is nothing to do`() throws {
        #expect(try site.call("back-up", with: key.merging(["BACKUP_TARGET": ""]) { $1 }).status == 204)
    }

    @Test func `a backup that fails is told of`() throws {
        _ = try site.backUp()
        let (status, _) = try site.call("back-up", with: key.merging(["BACKUP_TARGET": "/proc/none"]) { $1 })
        #expect(status == 503)
        #expect(try site.collection("notices").count(["type": "backup.failed"]) == 1)
        let list = try site.call("back-up", "GET", with: key).json["backups"]?.array ?? []
        #expect(list.first?["status"]?.string == "failed")
    }

    @Test func `a wrong public key or BACKUP_KEEP is refused`() throws {
        #expect(try site.call("back-up", with: key.merging(["BACKUP_PUBLIC_KEY": "AAAA"]) { $1 }).status == 503)
        #expect(throws: (any Error).self) {
            try site.call("back-up", with: key.merging(["BACKUP_KEEP": "some"]) { $1 })
        }
        let refused = try site.setUp(["backup"], ["BACKUP_KEEP": "some"])
        #expect(refused.status == 78)
        #expect(refused.errors.contains("could not be made. BACKUP_KEEP must be a number of backups such as 14,"))
    }
}
