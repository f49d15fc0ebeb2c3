import BackupContainer
public import BackupJob
public import BackupStores
public import Installation
import MongoDB
public import Runtime
import Secrets

/// Where backups go, for whom they are encrypted, and how long they are kept.
public struct BackupSettings {
    /// A backup that can be made.
    public struct Job {
        /// Makes it.
        public let maker: BackupMaker
        /// What is kept of those before; `nil` for all.
        public let retention: Retention?
        /// Where it goes, as the operator calls it.
        public let target: String
    }

    /// The wait for one answer of the database's, in milliseconds.
    private static let patience: Int32 = 120_000

    private let installation: Installation
    private let retention: Retention?

    /// Reads `BACKUP_KEEP`.
    public init(_ installation: Installation) throws(SetUpFailure) {
        self.installation = installation
        retention = try Self.retention(installation.environment.setting("BACKUP_KEEP"))
    }

    /// The store of `BACKUP_TARGET`.
    public func store() throws -> any BackupStore {
        let secrets = installation.secrets
        let store = try BackupTarget.store(installation.environment.setting) {
            try secrets.readIfPresent("backup-store")
        }
        guard let store else { throw BackupFailure("BACKUP_TARGET is empty.") }
        return store
    }

    /// The job that the settings describe.
    public func job() throws -> Job {
        let environment = installation.environment
        let secrets = installation.secrets
        let store = try store()
        let uri = String(decoding: try secrets.readText("mongodb-uri"), as: UTF8.self)
        let client = try MongoClient(uri: uri, applicationName: "back-up", socketTimeout: Self.patience)
        let maker = BackupMaker(
            client: client, store: store, recipient: try recipient(), keys: installation.auditKeys,
            erasuresPath: environment.setting("ERASURES_PATH"), random: environment.random)
        return Job(maker: maker, retention: retention, target: store.name)
    }

    /// Throws where a target or a key is named that can be none; that there is none yet, or that a store is away, is no
    /// fault of the settings.
    public func check() throws(SetUpFailure) {
        do {
            if installation.environment.setting("BACKUP_TARGET") != nil { _ = try store() }
            _ = try namedRecipient()
        } catch {
            let failure = BackupFailure(error)
            if !failure.mayPass { throw .configuration(failure.description) }
        }
    }

    /// `BACKUP_PUBLIC_KEY`, or else the secret that `make backup` has made.
    private func recipient() throws -> BackupPublicKey {
        guard let key = try namedRecipient() else {
            throw BackupFailure("There is no BACKUP_PUBLIC_KEY yet: run make backup once, or set it.")
        }
        return key
    }

    private func namedRecipient() throws -> BackupPublicKey? {
        let setting = installation.environment.setting("BACKUP_PUBLIC_KEY")
        let made = try installation.secrets.readTextIfPresent("backup-public-key")
        guard let text = setting ?? made.map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        guard let key = BackupPublicKey(text: text) else {
            throw BackupFailure("BACKUP_PUBLIC_KEY is not 32 bytes in base64.")
        }
        return key
    }

    private static func retention(_ text: String?) throws(SetUpFailure) -> Retention? {
        guard let text else { return nil }
        guard let retention = Retention(text) else {
            throw .configuration("BACKUP_KEEP must be a number of backups such as 14, or of days such as 30d.")
        }
        return retention
    }
}
