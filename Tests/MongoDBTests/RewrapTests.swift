import BSON
import FieldEncryption
import Foundation
import MongoDB
import Primitives
import TestMongo
import Testing

/// A master key's rotation in a vault of its own.
@Suite struct RewrapTests {
    private static let old = EncryptionFixture.masterKey
    private static let new = Array(EncryptionFixture.masterKey.reversed())

    let server: MongoServer
    let client: MongoClient
    let fixture: EncryptionFixture
    let rewrap: DataKeyRewrap
    var vault: MongoCollection { client.collection("encryption", "__keyVault") }

    init() throws {
        server = try MongoServer()
        client = try server.client()
        fixture = try EncryptionFixture(client: client)
        rewrap = DataKeyRewrap(
            client: client, keys: try MasterKeys(current: Self.new, previous: Self.old),
            startedAt: EncryptionFixture.start,
            random: TestRandom())
    }

    @Test func `every data key comes under the new master key, and what is encrypted stays as it was`() throws {
        let names = (0..<1500).map { "account:\($0)" }
        for name in names { _ = try fixture.fields.createDataKey(altName: name) }
        let sealed = try fixture.fields.encrypt("value", at: fixture.place(), key: fixture.key)
        #expect(try sweep() == [1501, 0])
        #expect(try sweep() == [0, 0])
        #expect(try vault.count() == 1501)
        let after = try FieldEncryption(client: client, masterKey: Self.new)
        #expect(try after.decrypt(sealed, at: fixture.place(), key: fixture.key) == "value")
        for name in [names[0], names[700], names[1499]] {
            let key = try #require(try after.dataKey(altName: name))
            _ = try after.encrypt("x", at: fixture.place(), key: key)
        }
        let before = try FieldEncryption(client: client, masterKey: Self.old)
        #expect(throws: FieldEncryptionError.wrongMasterKey) {
            try before.decrypt(sealed, at: fixture.place(), key: fixture.key)
        }
    }

    private static let script = """
        import base64, sys
        import pymongo
        from bson.codec_options import CodecOptions
        from pymongo.encryption import ClientEncryption
        from pymongo.errors import EncryptionError
        uri, *keys = sys.stdin.read().split()
        for key in keys:
            client = pymongo.MongoClient(uri)
            providers = {"local": {"key": base64.b64decode(key)}}
            encryption = ClientEncryption(providers, "encryption.__keyVault", client, CodecOptions())
            sealed = client.passerelle.accounts.find_one()["totp"]
            try:
                print(encryption.decrypt(sealed)["v"])
            except EncryptionError:
                print("refused")
        """

    @Test(.enabled(if: PythonReader.isThere, "pymongo[encryption] is needed: set PYTHON to one that has it"))
    func `after it pymongo reads with the new master key and fails with the old one`() throws {
        let sealed = try fixture.fields.encrypt("JBSWY3DPEHPK3PXP", at: fixture.place(), key: fixture.key)
        try client.collection("passerelle", "accounts").insert(["_id": .id(fixture.owner), "totp": sealed])
        let keys = [Self.old, Self.new].map(Base64.standard.encode)
        let input = "\(server.uri) \(keys[0]) \(keys[1])"
        #expect(try PythonReader.run(Self.script, input: input) == "JBSWY3DPEHPK3PXP\nrefused\n")
        #expect(try sweep() == [1, 0])
        #expect(try PythonReader.run(Self.script, input: input) == "refused\nJBSWY3DPEHPK3PXP\n")
    }

    @Test func `a process that has only the old master key in memory reads the secrets again and goes on`() throws {
        let present = Locked(try MasterKeys(current: Self.old, previous: nil))
        let running = try FieldEncryption(client: client, keys: present.get()) { present.get() }
        let sealed = try running.encrypt("value", at: fixture.place(), key: fixture.key)
        try sweepWhole()
        // Its cache of opened data keys is passed by with one that it has not met.
        let other = try FieldEncryption(client: client, masterKey: Self.new).createDataKey(altName: "account:other")
        #expect(throws: FieldEncryptionError.wrongMasterKey) {
            try running.encrypt("value", at: fixture.place(), key: other)
        }
        present.set(try MasterKeys(current: Self.new, previous: Self.old))
        _ = try running.encrypt("value", at: fixture.place(), key: other)
        #expect(try running.decrypt(sealed, at: fixture.place(), key: fixture.key) == "value")
    }

    @Test func `no data key comes to be under a master key that another one has followed`() throws {
        let present = Locked(try MasterKeys(current: Self.old, previous: nil))
        let running = try FieldEncryption(client: client, keys: present.get()) { present.get() }
        try rewrap.announce()
        #expect(throws: FieldEncryptionError.wrongMasterKey) { try running.createDataKey(altName: "account:late") }
        #expect(try running.dataKey(altName: "account:late") == nil)
        present.set(try MasterKeys(current: Self.new, previous: Self.old))
        let key = try running.createDataKey(altName: "account:late")
        _ = try FieldEncryption(client: client, masterKey: Self.new).encrypt("x", at: fixture.place(), key: key)
    }

    @Test func `a master key that is not announced yet may make data keys`() throws {
        try DataKeyRewrap(
            client: client, keys: MasterKeys(current: Self.old, previous: nil), startedAt: EncryptionFixture.start,
            random: TestRandom()
        ).announce()
        let ahead = try FieldEncryption(client: client, masterKey: Self.new, previousMasterKey: Self.old)
        _ = try ahead.createDataKey(altName: "account:early")
        #expect(try sweep() == [1, 0])
    }

    @Test func `data keys under neither master key are counted and left as they are`() throws {
        let third = [UInt8](repeating: 9, count: 96)
        let foreign = try FieldEncryption(client: client, masterKey: third).createDataKey(altName: "account:foreign")
        let before = try vault.findOne(["_id": .id(foreign)])
        #expect(try sweep() == [1, 1])
        #expect(try vault.findOne(["_id": .id(foreign)]) == before)
    }

    @Test func `logins go on while data keys are wrapped anew`() throws {
        for index in 0..<3000 { _ = try fixture.fields.createDataKey(altName: "account:\(index)") }
        let keys = try vault.find([:], projection: ["_id": 1]).compactMap { $0["_id"]?.id }.shuffled()
        let running = try FieldEncryption(
            client: server.client(), keys: MasterKeys(current: Self.old, previous: nil)
        ) { try? MasterKeys(current: Self.new, previous: Self.old) }
        let isOver = Locked(false)
        let (server, random) = (server, TestRandom())
        Thread.detachNewThread {
            do {
                let rewrap = DataKeyRewrap(
                    client: try server.client(), keys: try MasterKeys(current: Self.new, previous: Self.old),
                    startedAt: EncryptionFixture.start, random: random)
                var last: UniqueID?
                repeat { last = try rewrap.step(after: last).last } while last != nil
            } catch {
                Issue.record(error)
            }
            isOver.set(true)
        }
        for key in keys {
            let sealed = try running.encrypt("value", at: fixture.place(), key: key)
            #expect(try running.decrypt(sealed, at: fixture.place(), key: key) == "value")
        }
        while !isOver.get() { usleep(10_000) }
        #expect(try sweep() == [0, 0])
    }

    /// One sweep: how many data keys were wrapped anew, and how many are under neither master key.
    private func sweep() throws -> [Int] {
        var counts = [0, 0]
        var last: UniqueID?
        while true {
            let step = try rewrap.step(after: last)
            #expect(step.rewrapped == step.found)
            counts = [counts[0] + step.rewrapped, counts[1] + step.foreign]
            if step.isEnd { return counts }
            last = step.last
        }
    }

    private func sweepWhole() throws {
        repeat {} while try sweep()[0] > 0
    }
}
