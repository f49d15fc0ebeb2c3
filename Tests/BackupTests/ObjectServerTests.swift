import Foundation
import Platform
import Testing

@testable import BackupStores

/// Against another's server, with authentication on.
@Suite(.enabled(if: ObjectServer.isThere, "moto and boto3 are needed: set PYTHON to one that has them"))
struct ObjectServerTests {
    let server: ObjectServer

    init() throws {
        server = try ObjectServer()
    }

    @Test func `a backup goes into a bucket and comes back from it`() throws {
        let site = try Site()
        let alice = try Person("alice", at: site)
        let settings = ["BACKUP_TARGET": "s3://backups/site-one", "BACKUP_ENDPOINT": server.endpoint]
        try give(server.keeper, to: site)
        _ = try site.backUp(settings)
        let other = try Site(secretsOf: site)
        let restored = try other.restore(from: site, [], settings)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try alice.logIn(at: other).status == 200)
    }

    @Test func `who may not use the bucket is refused, and the secret is in no message`() throws {
        let site = try Site()
        let settings = ["BACKUP_TARGET": "s3://backups", "BACKUP_ENDPOINT": server.endpoint]
        let wrong = server.keeper.replacing(/"secretAccessKey": "./, with: "\"secretAccessKey\": \"#")
        for secret in [server.stranger, wrong] {
            try give(secret, to: site)
            let refused = try site.setUp(["backup"], settings)
            #expect(refused.status != 0 && refused.errors.contains("answered 403"), "\(refused.errors)")
            let key = try #require(secret.split(separator: "\"").last { $0.count > 20 })
            #expect(!refused.errors.contains(key) && !refused.output.contains(key))
        }
    }

    @Test func `a list of more than one page is read to its end, and files are removed`() throws {
        let store = try #require(
            try BackupTarget.store(
                ["BACKUP_TARGET": "s3://backups/many", "BACKUP_ENDPOINT": server.endpoint].value(of:),
                credentials: { Array(server.keeper.utf8) }))
        let folder = try Folder()
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/file"))
        for index in 0..<1005 { try store.put("set/\(index)", from: folder.path + "/file") }
        #expect(try store.list().count == 1005)
        try store.remove("set/7")
        try store.remove("set/7")
        #expect(try !store.list().contains { $0.name == "set/7" })
        #expect(throws: BackupStoreError.self) {
            try store.get("set/7", into: Descriptor(owning: unsafe open("/dev/null", O_WRONLY)))
        }
    }

    private func give(_ secret: String, to site: Site) throws {
        try secret.write(toFile: site.data + "/secrets/backup-store", atomically: true, encoding: .utf8)
    }
}

extension [String: String] {
    fileprivate func value(of name: String) -> String? { self[name] }
}
