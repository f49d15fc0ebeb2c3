import BSON
import Foundation
import JSON
import MongoDB
import Primitives
import Testing

/// Backups by the real programs, from one database into another.
@Suite struct RestoreTests {
    let site: Site

    init() throws {
        site = try Site()
    }

    @Test func `who had credentials when the backup was made logs in after a restore`() throws {
        let alice = try Person("alice", at: site)
        #expect(try alice.logIn(at: site).status == 200)
        _ = try site.backUp()
        let other = try Site(secretsOf: site)
        let restored = try other.restore(from: site)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try other.collection("sessions").count() == 0)
        #expect(try alice.logIn(at: other).status == 200)
        #expect(try other.call("create-account", sending: ["login": "ALICE"]).status == 409)
        let client = try other.server.client()
        let indexes = try client.run(["listIndexes": "accounts"], on: "passerelle")["cursor"]?.document
        #expect(indexes?["firstBatch"]?.array?.compactMap { $0.document?["name"]?.string }.contains("login") == true)
    }

    @Test func `the audit says that a backup was restored, with both ends of its chain`() throws {
        _ = try Person("alice", at: site)
        let key = try String(contentsOfFile: site.data + "/secrets/internal-key", encoding: .utf8)
        let heads = ["Http_Passerelle_Internal_Key": key, "AUDIT_HEAD_PATH": site.data + "/audit-heads"]
        #expect(try site.call("seal-audit", with: heads).status == 200)
        _ = try site.backUp()
        let before = try String(contentsOfFile: site.data + "/audit-heads", encoding: .utf8)
        let other = try Site(secretsOf: site)
        try (before + "99 " + String(repeating: "ab", count: 32) + "\n").write(
            toFile: other.data + "/audit-heads", atomically: true, encoding: .utf8)
        #expect(try other.restore(from: site).status == 0)
        let event = try #require(try other.collection("audit").findOne(["type": "backup.restored"]))
        let head = try #require(before.split(separator: "\n").last)
        #expect(event["restoredHead"]?.string == String(head))
        #expect(event["outsideHead"]?.string?.hasPrefix("99 abab") == true)
        #expect(event["mac"] != nil)
        let noted = try String(contentsOfFile: other.data + "/audit-heads", encoding: .utf8)
        #expect(noted.split(separator: "\n").last == head)
    }

    @Test func `an account that was erased after the backup stays erased`() throws {
        let (alice, bob) = (try Person("alice", at: site), try Person("bob", at: site))
        let first = try site.backUp()
        try bob.erase(at: site)
        // Known beside a later backup alone.
        _ = try site.backUp()
        let other = try Site(secretsOf: site)
        #expect(try other.restore(from: site, [], ["BACKUP_NAME": first]).status == 0)
        try expectErased(bob, at: other)
        #expect(try alice.logIn(at: other).status == 200)
    }

    @Test func `an erasure that only the list on this machine knows holds as well`() throws {
        let bob = try Person("bob", at: site)
        let id = try #require(UniqueID(parsing: bob.accountID))
        try site.collection("players").insert(["_id": .id(id)])
        _ = try site.backUp()
        try bob.erase(at: site)
        let other = try Site(secretsOf: site)
        try FileManager.default.copyItem(atPath: site.data + "/erasures", toPath: other.data + "/erasures")
        #expect(try other.restore(from: site).status == 0)
        try expectErased(bob, at: other)
        #expect(try other.collection("players").count() == 0)
    }

    private func expectErased(_ person: Person, at other: Site) throws {
        #expect(try person.logIn(at: other).status == 401)
        #expect(try other.collection("accounts").count(["login": .string(person.login)]) == 0)
        let vault = try other.server.client().collection("encryption", "__keyVault")
        #expect(try vault.count(["keyAltNames": .string("account:" + person.accountID)]) == 0)
        #expect(try other.collection("erasures").count() == 1)
    }

    @Test func `without the list of erased accounts a restore asks to be told`() throws {
        let name = try site.backUp()
        try FileManager.default.removeItem(atPath: "\(site.backups)/\(name)/erasures")
        let other = try Site(secretsOf: site)
        let refused = try other.restore(from: site)
        #expect(refused.status == 78 && refused.errors.contains("--without-erasures"))
        try expectEmpty(other)
        #expect(try other.restore(from: site, ["--without-erasures"]).status == 0)
    }

    @Test func `a database that is not empty is left alone`() throws {
        _ = try site.backUp()
        let other = try Site(secretsOf: site)
        try other.collection("accounts").insert(["_id": 1])
        let refused = try other.restore(from: site)
        #expect(refused.status == 78 && refused.errors.contains("not empty"))
        #expect(try other.collection("accounts").count() == 1)
    }

    /// What may be done to a backup's files, as a shell does it in the folder of the newer of two.
    enum Misdeed: String, CaseIterable {
        case cutData = "truncate -s -1 data.backup"
        case cutKeys = "truncate -s 100 keys.backup"
        case alteredData = "printf x | dd of=data.backup bs=1 seek=1500 conv=notrunc status=none"
        case swapped = "mv data.backup x && mv keys.backup data.backup && mv x keys.backup"
        case otherKeys =
            "cp ../backup-*0/keys.backup . 2>/dev/null || cp $(ls -d ../backup-* | head -n 1)/keys.backup ."
        case otherData = "cp $(ls -d ../backup-* | head -n 1)/data.backup ."
        case shortenedErasures = "sed -i 1d erasures"
        case addedErasure =
            "sed -i '1i 01890000-0000-7000-8000-000000000000 01890000-0000-7000-8000-000000000001 x' erasures"
        case missingKeys = "rm keys.backup"
    }

    @Test func `a backup that was tampered with is refused, and nothing is written`() throws {
        let bob = try Person("bob", at: site)
        _ = try site.backUp()
        try bob.erase(at: site)
        usleep(1_100_000)
        let newer = try site.backUp()
        let whole = site.backups + "-whole"
        try FileManager.default.copyItem(atPath: site.backups, toPath: whole)
        let other = try Site(secretsOf: site)
        for misdeed in Misdeed.allCases {
            try FileManager.default.removeItem(atPath: site.backups)
            try FileManager.default.copyItem(atPath: whole, toPath: site.backups)
            let done = try Program(
                "/bin/sh", ["-c", "cd \(site.backups)/\(newer) && \(misdeed.rawValue)"],
                environment: ["PATH": "/usr/bin:/bin"])
            try #require(done.status == 0, "\(misdeed): \(done.errors)")
            let refused = try other.restore(from: site)
            #expect(refused.status != 0, "\(misdeed)")
            #expect(refused.errors.contains("Nothing was restored"), "\(misdeed): \(refused.errors)")
            try expectEmpty(other)
        }
    }

    @Test func `another private key, audit key or master key is refused, and nothing is written`() throws {
        _ = try Person("alice", at: site)
        _ = try site.backUp()
        let other = try Site(secretsOf: site)
        let stranger = try Site()
        _ = try stranger.backUp()
        let key = try other.restore(from: site, [], ["BACKUP_PRIVATE_KEY": stranger.data + "/backup-private-key"])
        #expect(key.status != 0 && key.errors.contains("another private key"))
        for (name, words) in [("audit-key", "audit-key"), ("master-key", "master-key")] {
            try exchange(name, of: other, stranger)
            let refused = try other.restore(from: site)
            #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
            try expectEmpty(other)
            try exchange(name, of: other, stranger)
        }
        #expect(try other.restore(from: site).status == 0)
    }

    private func exchange(_ secret: String, of one: Site, _ another: Site) throws {
        let paths = [one, another].map { "\($0.data)/secrets/\(secret)" }
        let contents = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        try contents[1].write(to: URL(fileURLWithPath: paths[0]))
        try contents[0].write(to: URL(fileURLWithPath: paths[1]))
    }

    private func expectEmpty(_ other: Site) throws {
        let client = try other.server.client()
        for (database, name) in [("passerelle", "accounts"), ("passerelle", "audit"), ("encryption", "__keyVault")] {
            #expect(try client.collection(database, name).count() == 0)
        }
    }
}
