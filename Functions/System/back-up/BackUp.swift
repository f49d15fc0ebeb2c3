import AccountsStore
import BSON
import BackupDesk
import BackupJob
import Installation
import JSON
import Primitives
import Runtime

/// Makes a backup; called by the schedule, and by whoever may call internal functions.
@main
struct BackUp: RoutedFunction {
    static let routes: [Route<Self>] = [
        Route("POST", "/") { try $0.backUp($1, $2) },
        Route("GET", "/") { try $0.list($1, $2) },
    ]

    private static let shown = 100

    private let installation: Installation
    private let log: BackupLog
    private let notices: Notices
    private let settings: BackupSettings

    init(environment: FunctionEnvironment) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "back-up")
        settings = try BackupSettings(installation)
        log = BackupLog(installation)
        notices = Notices(installation)
    }

    /// Where backups go, and for whom.
    func checkSettings() throws(SetUpFailure) {
        try settings.check()
    }

    /// Nothing to do without a target: 204.
    private func backUp(_ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        guard let target = installation.environment.setting("BACKUP_TARGET") else { return .noContent }
        let job: BackupSettings.Job
        let report: BackupMaker.Report
        do {
            job = try settings.job()
            report = try job.maker.make(at: context.now)
        } catch {
            throw failure(BackupFailure(error), target, context)
        }
        installation.begin(context)
        try log.succeeded(report, job.target, context)
        let removed = try removeExpired(job, context)
        return Answer.json([
            "name": .string(report.name), "documents": .integer(report.documents), "bytes": .integer(report.bytes),
            "removed": .integer(Int64(removed)),
        ]).gauging("backup_last_success_seconds", context.now.seconds).gauging("backup_last_bytes", report.bytes)
            .gauging("backup_failing", 0)
    }

    /// What is too old goes; where that fails the backup itself is made all the same.
    private func removeExpired(_ job: BackupSettings.Job, _ context: Context) throws -> Int {
        guard let retention = job.retention else { return 0 }
        do {
            return try job.maker.retain(retention, at: context.now)
        } catch {
            context.log.write(.error, "backup.retention", JSONObject([("cause", .string("\(BackupFailure(error))"))]))
            return 0
        }
    }

    private func failure(_ cause: BackupFailure, _ target: String, _ context: Context) -> FunctionFailure {
        context.log.write(.error, "backup.failed", JSONObject([("cause", .string(cause.description))]))
        installation.begin(context)
        try? log.failed(target, context)
        try? notices.add(.backupFailed, nil, ["target": .string(target)], at: context.now)
        return FunctionFailure.backupFailed.counting("backup_failed").gauging("backup_failing", 1)
    }

    private func list(_ request: Request, _ context: Context) throws -> Answer {
        try installation.requireInternal(request, context)
        installation.begin(context)
        return Answer.json(["backups": .array(try log.newest(Self.shown))])
    }
}

extension FunctionFailure {
    fileprivate static let backupFailed = FunctionFailure(
        503, "unavailable", title: "Backup failed", detail: "The backup was not made; the function's log says why.",
        headers: ["retry-after": "60"])
}
