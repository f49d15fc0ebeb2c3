import BSON
import FieldEncryption
import Foundation
import JSON
import MongoDB
import Primitives
import TestMongo
import Testing

@Suite struct KeyServiceTests {
    @Test(arguments: [
        #"{"provider": "aws", "accessKeyId": "a", "secretAccessKey": "b", "region": "eu-west-3", "key": "arn:aws:k"}"#,
        """
        {"provider": "azure", "tenantId": "t", "clientId": "c", "clientSecret": "s",
         "keyVaultEndpoint": "v.vault.azure.net", "keyName": "n", "keyVersion": "1"}
        """,
        """
        {"provider": "gcp", "email": "a@b", "privateKey": "TUlJ", "projectId": "p", "location": "global",
         "keyRing": "r", "keyName": "n"}
        """,
        #"{"provider": "kmip", "endpoint": "h:5696", "keyId": "1", "tlsCertificateKeyFile": "/etc/client.pem"}"#,
    ])
    func `each provider has its settings`(_ text: String) throws {
        _ = try service(text)
    }

    @Test(arguments: [
        (#"{}"#, "/provider"), (#"{"provider": "local"}"#, "/provider"), (#"{"provider": "vault"}"#, "/provider"),
        (#"{"provider": "aws", "accessKeyId": "a", "secretAccessKey": "b", "region": "r"}"#, "/key"),
        (#"{"provider": "aws", "accessKeyId": "", "secretAccessKey": "b", "region": "r", "key": "k"}"#, "/accessKeyId"),
        (
            #"{"provider": "kmip", "endpoint": "h", "keyId": "1", "tlsCertificateKeyFile": "x.pem"}"#,
            "/tlsCertificateKeyFile"
        ),
        (#"{"provider": "kmip", "endpoint": "h", "tlsCertificateKeyFile": "/x.pem"}"#, "/keyId"),
        (#"{"provider": "gcp", "email": 1}"#, "/email"),
        (
            #"{"provider": "kmip", "endpoint": "h", "keyId": "1", "tlsCertificateKeyFile": "/x", "key": "k"}"#, "/key"
        ),
    ])
    func `a setting that is missing, wrong or unknown is named`(text: String, pointer: String) throws {
        let error = #expect(throws: JSONError.self) { try service(text) }
        #expect(error?.pointer == pointer)
    }

    private func service(_ text: String) throws -> KeyService {
        try KeyService(json: JSONValue(parsing: Array(text.utf8)))
    }

    @Test(.enabled(if: KeyServer.isThere, "PyKMIP is needed: set PYTHON to one that has it"))
    func `data keys pass from a local master key to a KMIP server's, and from that to its next`() throws {
        let services = try KeyServer()
        let server = try MongoServer()
        let client = try server.client()
        let fixture = try EncryptionFixture(client: client)
        for index in 0..<60 { _ = try fixture.fields.createDataKey(altName: "account:\(index)") }
        let sealed = try fixture.fields.encrypt("value", at: fixture.place(), key: fixture.key)
        for (index, service) in services.services.enumerated() {
            let keys = try MasterKeys(current: EncryptionFixture.masterKey, previous: nil, service: service)
            let start = try #require(try client.run(["hello": 1], on: "admin")["localTime"]?.date)
            let rewrap = DataKeyRewrap(client: client, keys: keys, startedAt: start, random: TestRandom())
            try rewrap.announce()
            let (first, second) = (try sweep(rewrap), try sweep(rewrap))
            #expect(first == 61 + index && second == 0)
            let fields = try FieldEncryption(client: client, keys: keys) { nil }
            #expect(try fields.decrypt(sealed, at: fixture.place(), key: fixture.key) == "value")
            _ = try fields.createDataKey(altName: "account:new-\(index)")
        }
        let vault = client.collection("encryption", "__keyVault")
        #expect(try vault.count(["masterKey.provider": "kmip"]) == 63)
        #expect(try vault.count(["masterKey.keyId": "2"]) == 62 + 1)
        let local = try FieldEncryption(client: client, masterKey: EncryptionFixture.masterKey)
        #expect(throws: FieldEncryptionError.wrongMasterKey) {
            try local.decrypt(sealed, at: fixture.place(), key: fixture.key)
        }
    }

    private func sweep(_ rewrap: DataKeyRewrap) throws -> Int {
        var count = 0
        var last: UniqueID?
        while true {
            let step = try rewrap.step(after: last)
            count += step.rewrapped
            if step.isEnd { return count }
            last = step.last
        }
    }
}
