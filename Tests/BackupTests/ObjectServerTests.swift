import BSON
import Foundation
import JSON
import MongoDB
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

    /// 12 MiB and a bit in parts of 5 MiB, the least that S3 takes.
    @Test(arguments: ["long", "flaky"])
    func `a long file goes there in parts and comes back as it was, though a part fails once`(name: String) throws {
        let (store, folder) = try (partingStore(), Folder())
        let content = Data((0..<12 << 10).flatMap { [UInt8](repeating: UInt8($0 % 251), count: 1024) } + [1, 2, 3])
        try content.write(to: URL(fileURLWithPath: folder.path + "/file"))
        try store.put("set/" + name, from: folder.path + "/file")
        #expect(try store.list().first { $0.name == "set/" + name }?.bytes == Int64(content.count))
        try store.get(
            "set/" + name,
            into: Descriptor(owning: unsafe open(folder.path + "/fetched", O_RDWR | O_CREAT | O_EXCL, 0o600)))
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/fetched")) == content)
        #expect(try server.openUploads().isEmpty)
    }

    @Test func `of a long file with a part that the store does not take nothing stays there`() throws {
        let (store, folder) = try (partingStore(), Folder())
        try Data(count: 11 << 20).write(to: URL(fileURLWithPath: folder.path + "/file"))
        #expect(throws: BackupStoreError.self) { try store.put("set/broken", from: folder.path + "/file") }
        #expect(try store.list().isEmpty)
        #expect(try server.openUploads().isEmpty)
    }

    @Test func `a backup that breaks off in its parts raises the alarm, and the next one is restored`() throws {
        let site = try Site()
        let alice = try Person("alice", at: site)
        try give(server.keeper, to: site)
        var settings = ["BACKUP_TARGET": "s3://backups/broken", "BACKUP_ENDPOINT": server.endpoint]
        _ = try site.backUp(settings)
        let things = try site.collection("things")
        let bytes = [UInt8](repeating: 7, count: 14 << 20)
        for number in 0..<5 { try things.insert(["_id": .integer(number), "bytes": .bytes(bytes)]) }
        let key = try String(contentsOfFile: site.data + "/secrets/internal-key", encoding: .utf8)
        let scheduled = settings.merging(["Http_Passerelle_Internal_Key": key]) { $1 }
        #expect(try site.call("back-up", with: scheduled).status == 503)
        #expect(try site.collection("notices").count(["type": "backup.failed"]) == 1)
        #expect(try server.openUploads().isEmpty)
        settings["BACKUP_TARGET"] = "s3://backups/whole"
        _ = try site.backUp(settings)
        let other = try Site(secretsOf: site)
        let restored = try other.restore(from: site, [], settings)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try other.collection("things").count() == 5)
        #expect(try alice.logIn(at: other).status == 200)
    }

    private func partingStore() throws -> ObjectStore {
        let access = try ObjectStoreAccess(json: JSONValue(parsing: Array(server.keeper.utf8)))
        let place = try ObjectStorePlace("s3://backups/parted", endpoint: server.endpoint, region: nil)
        return try ObjectStore(place, access, partLength: 5 << 20)
    }

    private func give(_ secret: String, to site: Site) throws {
        try secret.write(toFile: site.data + "/secrets/backup-store", atomically: true, encoding: .utf8)
    }
}

extension [String: String] {
    fileprivate func value(of name: String) -> String? { self[name] }
}
