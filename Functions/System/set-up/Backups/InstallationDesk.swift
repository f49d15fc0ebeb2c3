import AccountsStore
import BackupJob
import Installation
import Platform
import Runtime

/// The installation, opened from the machine itself with the secrets in the data directory.
struct InstallationDesk {
    let installation: Installation
    let context: Context

    /// Backups go to the data directory where `BACKUP_TARGET` names no other place.
    init(_ settings: Settings) throws(Failure) {
        var variables = settings.gatewayEnvironment.merging(["secret_mount_path": settings.secrets]) { _, own in own }
        if (variables["BACKUP_TARGET"] ?? "").isEmpty {
            variables["BACKUP_TARGET"] = settings.dataDirectory + "/" + Settings.backups
        }
        do {
            installation = try Installation(environment: FunctionEnvironment(variables: variables), function: "set-up")
        } catch {
            throw Failure(sentence: error.sentence, status: error.exitStatus)
        }
        context = Context(
            callID: "set-up", clientAddress: "", clock: SystemClock(), random: SystemRandom(),
            log: Log(callID: "set-up"))
    }

    /// Runs `body`; what it throws becomes a sentence that begins with `what`.
    func translating<Result>(_ what: String, _ body: () throws -> Result) throws(Failure) -> Result {
        do {
            return try body()
        } catch let failure as SetUpFailure {
            throw Failure(sentence: "\(what). \(failure.sentence)", status: failure.exitStatus)
        } catch {
            let failure = BackupFailure(error)
            let sentence = "\(what). \(failure)"
            throw failure.mayPass ? .unavailable(sentence) : .misconfigured(sentence)
        }
    }
}
