import BSON
import FieldEncryption
import Foundation
import MongoDB
import Primitives
import TestMongo
import Testing

/// Another driver reads what we wrote: nothing but the master key and MongoDB's own format is needed.
@Suite struct OtherReaderTests {
    private static let script = """
        import base64, sys, uuid
        import pymongo
        from bson.binary import Binary, UuidRepresentation
        from bson.codec_options import CodecOptions
        from pymongo.encryption import ClientEncryption
        uri, database, key = sys.stdin.read().split()
        client = pymongo.MongoClient(uri)
        options = CodecOptions(uuid_representation=UuidRepresentation.STANDARD)
        providers = {"local": {"key": base64.b64decode(key)}}
        encryption = ClientEncryption(providers, "encryption.__keyVault", client, options)
        document = client[database].accounts.find_one()
        inner = encryption.decrypt(document["totp"])
        assert list(inner) == ["o", "d", "f", "n", "v"], list(inner)
        assert encryption.get_key_by_alt_name(f"account:{inner['o']}")
        print(inner["o"], inner["d"], inner["f"], inner["n"], inner["v"])
        """

    @Test(.enabled(if: PythonReader.isThere, "pymongo[encryption] is needed: set PYTHON to one that has it"))
    func `pymongo reads an encrypted field with the master key alone`() throws {
        let scratch = try Scratch()
        let fixture = try EncryptionFixture(client: scratch.client)
        let sealed = try fixture.fields.encrypt("JBSWY3DPEHPK3PXP", at: fixture.place(version: 3), key: fixture.key)
        let accounts = scratch.client.collection(scratch.database, "accounts")
        try accounts.insert(["_id": .id(fixture.owner), "totp": sealed])
        let key = Base64.standard.encode(EncryptionFixture.masterKey)
        let answer = try PythonReader.run(Self.script, input: "\(scratch.server.uri) \(scratch.database) \(key)")
        #expect(answer == "\(fixture.owner) \(fixture.owner) totp 3 JBSWY3DPEHPK3PXP\n")
    }
}
