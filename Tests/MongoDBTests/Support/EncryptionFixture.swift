import BSON
import FieldEncryption
import MongoDB
import Primitives
import Testing

/// Field encryption under a fixed master key with one account's data key.
struct EncryptionFixture {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)
    static let masterKey = (0..<96).map { UInt8($0) }

    let client: MongoClient
    let fields: FieldEncryption
    let owner: UniqueID
    let key: UniqueID

    init(client: MongoClient) throws {
        self.client = client
        fields = try FieldEncryption(client: client, masterKey: Self.masterKey)
        owner = Self.newID()
        try fields.ensureKeyVaultIndex()
        key = try fields.createDataKey(altName: "account:\(owner)")
    }

    static func newID() -> UniqueID {
        UniqueID(at: Timestamp(milliseconds: 1_800_000_000_000), random: TestRandom())
    }

    func place(_ field: String = "totp", version: Int64? = 1) -> FieldPlace {
        FieldPlace(owner: owner, document: .id(owner), field: field, version: version)
    }

    func expectRoundTrip() throws {
        let sealed = try fields.encrypt("value", at: place(), key: key)
        #expect(try fields.decrypt(sealed, at: place(), key: key) == "value")
    }
}

/// The standard library's generator.
struct TestRandom: RandomSource {
    func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255) }
    }
}
