import BSON
import FieldEncryption
import Foundation
import MongoDB
import Primitives
import TestMongo
import Testing

@Suite struct FieldEncryptionTests {
    let client: MongoClient
    let fixture: EncryptionFixture
    var fields: FieldEncryption { fixture.fields }

    init() throws {
        client = try MongoServer.shared.get().client()
        fixture = try EncryptionFixture(client: client)
    }

    @Test(
        arguments: [
            "text", 7, .null, ["a": [1, 2]], .binary(subtype: 0, bytes: Array(repeating: 9, count: 5000)), [:],
        ] as [BSONValue])
    func `what is encrypted for a place is read in that place`(_ value: BSONValue) throws {
        let sealed = try fields.encrypt(value, at: fixture.place(), key: fixture.key)
        #expect(try fields.decrypt(sealed, at: fixture.place(), key: fixture.key) == value)
        guard case .binary(6, let bytes) = sealed else {
            Issue.record("not a binary of subtype 6")
            return
        }
        #expect(Array(bytes[1...16]) == fixture.key.bytes)
    }

    @Test func `the same value is encrypted differently each time`() throws {
        let sealed = try (0..<3).map { _ in try fields.encrypt("x", at: fixture.place(), key: fixture.key) }
        #expect(Set(sealed).count == 3)
    }

    @Test func `a value moved to any other place is misplaced`() throws {
        let sealed = try fields.encrypt("secret", at: fixture.place(), key: fixture.key)
        let id = fixture.owner
        let other = EncryptionFixture.newID()
        let places = [
            FieldPlace(owner: other, document: .id(id), field: "totp", version: 1),
            FieldPlace(owner: id, document: .id(other), field: "totp", version: 1),
            FieldPlace(owner: id, document: .id(id), field: "password", version: 1),
            FieldPlace(owner: id, document: .id(id), field: "totp", version: 2),
            FieldPlace(owner: id, document: .id(id), field: "totp"),
            FieldPlace(owner: id, document: .id(id), field: "totp", version: 1, sender: other),
        ]
        for place in places {
            #expect(throws: FieldEncryptionError.misplaced) {
                try fields.decrypt(sealed, at: place, key: fixture.key)
            }
        }
    }

    @Test func `two accounts' values swapped are both refused`() throws {
        let other = try EncryptionFixture(client: client)
        let mine = try fields.encrypt("mine", at: fixture.place(), key: fixture.key)
        let theirs = try fields.encrypt("theirs", at: other.place(), key: other.key)
        #expect(throws: FieldEncryptionError.misplaced) {
            try fields.decrypt(theirs, at: fixture.place(), key: fixture.key)
        }
        #expect(throws: FieldEncryptionError.misplaced) { try fields.decrypt(mine, at: other.place(), key: other.key) }
        #expect(throws: FieldEncryptionError.misplaced) {
            try fields.decrypt(theirs, at: fixture.place(), key: other.key)
        }
    }

    @Test func `altered bytes are refused wherever they were altered`() throws {
        let sealed = try fields.encrypt("secret", at: fixture.place(), key: fixture.key)
        let bytes = try #require(sealed.binary)
        for index in bytes.indices {
            var altered = bytes
            altered[index] ^= 1
            let expected: FieldEncryptionError = (1...16).contains(index) ? .misplaced : .undecryptable
            #expect(throws: expected, "byte \(index)") {
                try fields.decrypt(.binary(subtype: 6, bytes: altered), at: fixture.place(), key: fixture.key)
            }
        }
    }

    @Test func `bytes cut anywhere, and values that are not encrypted, are refused`() throws {
        let bytes = try #require(try fields.encrypt("x", at: fixture.place(), key: fixture.key).binary)
        let cut = bytes.indices.map { BSONValue.binary(subtype: 6, bytes: Array(bytes[..<$0])) }
        for value in cut + ["x", .null, .binary(subtype: 0, bytes: bytes)] {
            #expect(throws: FieldEncryptionError.undecryptable) {
                try fields.decrypt(value, at: fixture.place(), key: fixture.key)
            }
        }
    }

    @Test func `a destroyed key is missing to who has not cached it`() throws {
        let sealed = try fields.encrypt("x", at: fixture.place(), key: fixture.key)
        try fields.destroyDataKey(fixture.key)
        let fresh = try FieldEncryption(client: client, masterKey: EncryptionFixture.masterKey)
        #expect(throws: FieldEncryptionError.keyMissing) {
            try fresh.decrypt(sealed, at: fixture.place(), key: fixture.key)
        }
        #expect(throws: FieldEncryptionError.keyMissing) {
            try fresh.encrypt("x", at: fixture.place(), key: fixture.key)
        }
        #expect(try fresh.dataKey(altName: "account:\(fixture.owner)") == nil)
    }

    @Test func `a key can be destroyed as part of a transaction`() throws {
        #expect(throws: FieldEncryptionError.misplaced) {
            try client.withTransaction { (session) throws(FieldEncryptionError) in
                try fields.destroyDataKey(fixture.key, session: session)
                throw .misplaced
            }
        }
        #expect(try fields.dataKey(altName: "account:\(fixture.owner)") == fixture.key)
    }

    @Test func `another master key is told apart from altered bytes`() throws {
        let sealed = try fields.encrypt("x", at: fixture.place(), key: fixture.key)
        let wrong = try FieldEncryption(client: client, masterKey: EncryptionFixture.masterKey.reversed())
        #expect(throws: FieldEncryptionError.wrongMasterKey) {
            try wrong.decrypt(sealed, at: fixture.place(), key: fixture.key)
        }
        #expect(throws: FieldEncryptionError.wrongMasterKey) {
            try wrong.encrypt("x", at: fixture.place(), key: fixture.key)
        }
    }

    @Test func `a previous master key still opens what is wrapped under it`() throws {
        let sealed = try fields.encrypt("x", at: fixture.place(), key: fixture.key)
        let both = try FieldEncryption(
            client: client, masterKey: EncryptionFixture.masterKey.reversed(),
            previousMasterKey: EncryptionFixture.masterKey)
        #expect(try both.decrypt(sealed, at: fixture.place(), key: fixture.key) == "x")
        let again = try both.encrypt("y", at: fixture.place(), key: fixture.key)
        #expect(try fields.decrypt(again, at: fixture.place(), key: fixture.key) == "y")
    }

    @Test(arguments: [0, 32, 95, 97])
    func `a master key of another length is refused`(_ length: Int) throws {
        let key = [UInt8](repeating: 1, count: length)
        #expect(throws: FieldEncryptionError.malformedMasterKey) {
            try FieldEncryption(client: client, masterKey: key)
        }
        #expect(throws: FieldEncryptionError.malformedMasterKey) {
            try FieldEncryption(client: client, masterKey: EncryptionFixture.masterKey, previousMasterKey: key)
        }
    }

    @Test func `a name is given to one data key only`() throws {
        let name = "account:\(fixture.owner)"
        #expect(throws: FieldEncryptionError.store(.duplicateKey(index: "keyAltNames"))) {
            try fields.createDataKey(altName: name)
        }
        #expect(try fields.dataKey(altName: name) == fixture.key)
    }
}
