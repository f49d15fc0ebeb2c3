import BackupContainer
import Glibc
import Secrets

/// The key pair that backups are encrypted with, where the operator has not set `BACKUP_PUBLIC_KEY`.
struct BackupKeyFiles {
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// Makes the pair where there is none: the public key among the secrets, the private one in a file to move away.
    func complete() throws(Failure) {
        guard (settings.passedOn["BACKUP_PUBLIC_KEY"] ?? "").isEmpty else { return }
        do {
            let secrets = SecretDirectory(path: settings.secrets)
            if try secrets.readTextIfPresent("backup-public-key") != nil { return }
            let key = BackupPrivateKey()
            // The private key first: a public key whose other half nobody has would make backups that nobody opens.
            try SecretDirectory(path: settings.dataDirectory).make(Self.name, Array("\(key.text)\n".utf8))
            try secrets.make("backup-public-key", Array("\(key.publicKey.text)\n".utf8))
        } catch {
            throw .misconfigured(
                "The key pair for backups cannot be made in \(settings.dataDirectory): \(error).")
        }
    }

    /// What to tell as long as the private key lies where it was made.
    var warning: String? {
        guard unsafe access(path, F_OK) == 0 else { return nil }
        return """
            The private key is in \(path). Move it away from this machine and keep it twice:
            without it no backup can be opened, and beside the backups it protects nothing.
            """
    }

    private static let name = "backup-private-key"

    private var path: String { settings.dataDirectory + "/" + Self.name }
}
