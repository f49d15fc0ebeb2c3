import FieldEncryption
import MongoDB
import TestMongo
import Testing

@Suite struct MasterKeyTests {
    @Test func `the first master key is taken, and from then on no other`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try server.client()
        let right = try FieldEncryption(client: client, masterKey: EncryptionFixture.masterKey)
        let wrong = try FieldEncryption(client: client, masterKey: EncryptionFixture.masterKey.reversed())
        try right.ensureKeyVaultIndex()
        let installation = try right.verifyMasterKey()
        #expect(try right.verifyMasterKey() == installation)
        #expect(try right.dataKey(altName: "installation") == installation)
        #expect(throws: FieldEncryptionError.wrongMasterKey) { try wrong.verifyMasterKey() }

        let rotating = try FieldEncryption(
            client: client, masterKey: EncryptionFixture.masterKey.reversed(),
            previousMasterKey: EncryptionFixture.masterKey)
        #expect(try rotating.verifyMasterKey() == installation)

        _ = try right.createDataKey(altName: "account:x")
        try right.destroyDataKey(installation)
        #expect(throws: FieldEncryptionError.wrongMasterKey) { try wrong.verifyMasterKey() }
        #expect(try right.verifyMasterKey() != installation)
    }
}
