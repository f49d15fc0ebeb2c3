import AccountsStore
import Audit
import BackupContainer
import BackupDesk
import BackupJob
import FieldEncryption
import Installation
import MessagesStore
import MongoDB
import Platform
import PlayersStore
import Runtime
import Secrets

/// What `set-up restore` does: writes a backup into an empty database, erases again what was erased, and says so in
/// the audit.
struct RestoreCommand {
    private static let patience: Int32 = 120_000

    private let settings: Settings
    private let desk: InstallationDesk

    static func run(_ settings: Settings, needsErasures: Bool) throws(Failure) {
        try requireSecrets(settings)
        let privateKey = try privateKey(settings)
        let preparation = try Preparation(settings: settings, steps: 6)
        defer { preparation.close() }
        let store = try preparation.open()
        let command = RestoreCommand(settings: settings, desk: try InstallationDesk(settings))
        preparation.progress.step("Backup")
        let (restore, erased) = try command.desk.translating("Nothing was restored") {
            try command.restore(privateKey, needsErasures)
        }
        preparation.progress.finish("\(restore.name), \(restore.documents) documents, \(erased) erased again")
        try preparation.finish(store)
        try command.desk.translating("The restore could not be told to the audit") { try command.tell() }
        preparation.progress.say(
            "Restored \(restore.name) of \(restore.at) into \(settings.dataDirectory). Everybody logs in anew.")
    }

    /// A secret made anew would not open what the backup holds.
    private static func requireSecrets(_ settings: Settings) throws(Failure) {
        let secrets = SecretDirectory(path: settings.secrets)
        for name in ["master-key", "pepper", "audit-key"] where ((try? secrets.readIfPresent(name)) ?? nil) == nil {
            throw .misconfigured(
                "The secret \(name) is not in \(settings.secrets): put the secrets that the backup was made with there."
            )
        }
    }

    private static func privateKey(_ settings: Settings) throws(Failure) -> BackupPrivateKey {
        let path = settings.passedOn["BACKUP_PRIVATE_KEY"] ?? ""
        let file = path.isEmpty ? settings.dataDirectory + "/backup-private-key" : path
        let bytes = (try? PrivateFile(path: file).read(limit: 1024)) ?? nil
        guard let bytes, let key = BackupPrivateKey(text: String(decoding: bytes, as: UTF8.self)) else {
            throw .misconfigured("BACKUP_PRIVATE_KEY must name the file with the private key; \(file) is none.")
        }
        return key
    }

    private func restore(_ privateKey: BackupPrivateKey, _ needsErasures: Bool) throws -> (BackupRestore, erased: Int) {
        let installation = desk.installation
        let uri = String(decoding: try installation.secrets.readText("mongodb-uri"), as: UTF8.self)
        let client = try MongoClient(uri: uri, applicationName: "set-up", socketTimeout: Self.patience)
        try BackupRestore.requireEmpty(client)
        let store = try BackupSettings(installation).store()
        let masterKeys = try installation.masterKeys()
        let restore = try BackupRestore(
            name, from: store, with: privateKey, keys: installation.auditKeys, workFolder: settings.dataDirectory,
            erasuresPath: installation.environment.setting("ERASURES_PATH"), needsErasures: needsErasures,
            random: installation.environment.random, opens: masterKeys.opens(dataKey:))
        try restore.write(to: client)
        return (restore, try eraseAgain(restore))
    }

    private func eraseAgain(_ restore: BackupRestore) throws -> Int {
        let accounts = try Accounts(desk.installation)
        let players = PlayerRecords(desk.installation)
        let messages = AccountMessages(desk.installation)
        var count = 0
        for erasure in restore.erasures {
            let now = desk.context.now
            let wasThere = try accounts.eraseAgain(erasure.account, key: erasure.key, at: now) {
                (session) throws(MongoError) in
                try players.remove(erasure.account, session)
                try messages.remove(erasure.account, at: now, session)
            }
            try messages.bury(erasure.account, at: now)
            if wasThere { count += 1 }
        }
        try accounts.listErasures()
        return count
    }

    /// Writes the event that names both ends of the audit chain, then notes the restored one outside the database.
    private func tell() throws {
        let installation = desk.installation
        let outside = installation.environment.setting("AUDIT_HEAD_PATH").map(OutsideHead.init(path:))
        let restored = try AuditChain(client: installation.client, keys: installation.auditKeys).head()
        var event = AuditEvent(
            .backupRestored, by: .system, on: .system, call: desk.context.callID, at: desk.context.now)
        event.heads = RestoredHeads(restored: restored, outside: try outside?.last())
        try installation.audit.write(event)
        if let restored { try outside?.append(restored) }
    }

    /// The backup that is wanted; `nil` for the newest.
    private var name: String? {
        settings.passedOn["BACKUP_NAME"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
