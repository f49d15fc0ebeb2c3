import Audit
import BSON
import BackupContainer
import BackupStores
import Foundation
import MongoDB
import Platform
import Primitives
import TestMongo
import Testing

@testable import BackupJob

/// All collections as they were at one instant, however long it takes to read them.
@Suite struct SnapshotTests {
    @Test func `a backup shows one instant while writes go on`() throws {
        let server = try Server()
        let client = try server.client()
        let (left, right) = (client.collection("passerelle", "a"), client.collection("encryption", "z"))
        try left.insert(["_id": 1, "n": 0])
        try right.insert(["_id": 1, "n": 0])
        let filler: [Document] = (0..<20_000).map {
            ["_id": .integer($0), "text": "0123456789012345678901234567890123"]
        }
        try client.collection("passerelle", "b").insertMany(filler)
        let isOver = Locked(false)
        let uri = server.uri
        let writing = Thread {
            do {
                let writer = try MongoClient(uri: uri, applicationName: "tests")
                while !isOver.get() {
                    try writer.withTransaction { (session) throws(MongoError) in
                        for (database, name) in [("passerelle", "a"), ("encryption", "z")] {
                            try writer.collection(database, name).update(
                                ["_id": 1], ["$inc": ["n": 1]], session: session)
                        }
                    }
                }
            } catch {
                Issue.record(error)
            }
        }
        writing.start()
        let folder = try Folder()
        let key = BackupPrivateKey()
        let keys = AuditKeys(current: [UInt8](repeating: 7, count: 32), previous: nil)
        let store = try DirectoryStore(path: folder.path + "/backups")
        let maker = BackupMaker(
            client: client, store: store, recipient: key.publicKey, keys: keys, erasuresPath: nil,
            random: SystemRandom())
        while try left.findOne([:])?["n"]?.integer ?? 0 < 20 { usleep(10_000) }
        let report = try maker.make(at: SystemClock().now)
        let after = try #require(try left.findOne([:])?["n"]?.integer)
        isOver.set(true)
        #expect(report.documents == 20_002)
        let restore = try BackupRestore(
            nil, from: store, with: key, keys: keys, workFolder: folder.path, erasuresPath: nil, needsErasures: true,
            random: SystemRandom()
        ) { _ in nil }
        var counts: [Int64] = []
        try restore.forEach { record in
            if case .document(let document) = record, let count = document["n"]?.integer { counts.append(count) }
        }
        #expect(counts.count == 2 && counts[0] == counts[1])
        #expect(counts[0] >= 20 && counts[0] < after)
    }

    @Test func `a server whose history is too short is told of, with the parameter to raise`() throws {
        let server = try Server()
        let client = try server.client()
        try client.run(["setParameter": 1, "minSnapshotHistoryWindowInSeconds": 0], on: "admin")
        let things = client.collection("passerelle", "things")
        try things.insert(["_id": 0])
        let reader = SnapshotReader(client: client)
        try reader.fixInstant()
        let failure = try #require(try firstFailure(of: reader, while: things))
        #expect(BackupFailure(failure).description.contains("minSnapshotHistoryWindowInSeconds"))
    }

    /// Writes and reads at the instant, for three minutes at most, until a read fails.
    private func firstFailure(of reader: SnapshotReader, while things: MongoCollection) throws -> MongoError? {
        let end = ContinuousClock.now + .seconds(180)
        var number = 0
        while ContinuousClock.now < end {
            number += 1
            try things.insert(["_id": .integer(number)])
            do throws(MongoError) {
                try reader.forEach(BackupCollection(database: "passerelle", name: "things", indexes: [])) {
                    (_) throws(MongoError) in
                }
            } catch {
                return error
            }
            usleep(100_000)
        }
        return nil
    }
}
