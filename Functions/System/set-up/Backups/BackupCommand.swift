import AccountsStore
import BSON
import BackupDesk
import BackupJob
import Installation
import Runtime

/// What `set-up backup` does: makes a backup, beside a server that runs or by starting the database.
enum BackupCommand {
    static func run(_ settings: Settings) throws(Failure) {
        if DataDirectory.isTaken(settings.dataDirectory) { return try make(settings) }
        let preparation = try Preparation(settings: settings, steps: 5, isQuiet: true)
        defer { preparation.close() }
        try preparation.complete()
        try make(settings)
    }

    private static func make(_ settings: Settings) throws(Failure) {
        let keys = BackupKeyFiles(settings)
        try keys.complete()
        let desk = try InstallationDesk(settings)
        let (report, target) = try desk.translating("The backup could not be made") { try make(desk) }
        StandardStream.output.write(
            "Backup \(report.name) in \(target): \(report.documents) documents, \(report.bytes) bytes.\n")
        if let warning = keys.warning { StandardStream.output.write(warning + "\n") }
    }

    private static func make(_ desk: InstallationDesk) throws -> (BackupMaker.Report, target: String) {
        let job = try BackupSettings(desk.installation).job()
        let log = BackupLog(desk.installation)
        do {
            let report = try job.maker.make(at: desk.context.now)
            try log.succeeded(report, job.target, desk.context)
            if let retention = job.retention { _ = try job.maker.retain(retention, at: desk.context.now) }
            return (report, job.target)
        } catch {
            try? log.failed(job.target, desk.context)
            try? Notices(desk.installation).add(
                .backupFailed, nil, ["target": .string(job.target)], at: desk.context.now)
            throw error
        }
    }
}
