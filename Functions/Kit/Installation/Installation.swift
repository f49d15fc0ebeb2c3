public import Audit
public import FieldEncryption
public import MongoDB
public import Primitives
public import Runtime
public import Secrets

/// What a function that stores builds on: the database, field encryption, the audit trail and the secrets.
public final class Installation {
    /// The name of the database.
    public static let database = "passerelle"

    /// The connection to MongoDB; one for each process.
    public let client: MongoClient
    /// Encrypts fields under an owner's key.
    public let encryption: FieldEncryption
    /// Writes the events that tell what happened.
    public let audit: AuditTrail
    /// The keys that the audit trail is signed with.
    public let auditKeys: AuditKeys
    /// The installation's secrets, as far as this function may read them.
    public let secrets: SecretDirectory
    /// Seals the positions of lists.
    public let cursors: Cursors
    /// The settings and sources that the function was started with.
    public let environment: FunctionEnvironment
    private var foundKey: UniqueID?

    /// Reads the secrets and prepares the connection; nothing is sent to the database yet.
    public init(environment: FunctionEnvironment, function: String) throws(SetUpFailure) {
        self.environment = environment
        let secrets = SecretDirectory(path: environment.secretsPath)
        self.secrets = secrets
        do {
            let uri = try secrets.readText("mongodb-uri")
            client = try MongoClient(uri: String(decoding: uri, as: UTF8.self), applicationName: function)
            encryption = try FieldEncryption(client: client, keys: MasterKeys.read(in: secrets)) {
                try? MasterKeys.read(in: secrets)
            }
            let auditKey = try secrets.readText("audit-key")
            auditKeys = AuditKeys(current: auditKey, previous: try secrets.readTextIfPresent("audit-key-previous"))
            audit = AuditTrail(client: client, keys: auditKeys, random: environment.random)
            cursors = Cursors(secret: auditKey)
        } catch let failure as SetUpFailure {
            throw failure
        } catch let error as MongoError {
            throw .configuration("\(function) cannot start: the secret mongodb-uri does not serve: \(error)")
        } catch {
            throw .configuration("\(function) cannot start: \(error)")
        }
    }

    /// A collection of the installation's database.
    public func collection(_ name: String) -> MongoCollection {
        client.collection(Self.database, name)
    }

    /// The master keys as they stand in the secrets now.
    public func masterKeys() throws(SetUpFailure) -> MasterKeys {
        try MasterKeys.read(in: secrets)
    }

    /// The installation's own data key, for what belongs to no account.
    public func ownKey() throws(FieldEncryptionError) -> UniqueID {
        if let foundKey { return foundKey }
        let key = try encryption.verifyMasterKey()
        foundKey = key
        return key
    }

    /// The address that links begin with, without a slash at the end.
    public var publicURL: String {
        let setting = environment.variables["PUBLIC_URL"] ?? ""
        let url = setting.isEmpty ? "http://127.0.0.1:8080" : setting
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    /// Keeps every wait for the database within the call's deadline.
    public func begin(_ context: Context) {
        client.limit(milliseconds: context.millisecondsLeft)
    }
}
