import Audit
import BSON
public import BackupJob
public import Installation
public import JSON
import MongoDB
import Primitives
public import Runtime

/// The collection `backups`: what was made, and what failed.
public struct BackupLog {
    private let installation: Installation
    private var backups: MongoCollection { installation.collection("backups") }

    /// The installation's list.
    public init(_ installation: Installation) {
        self.installation = installation
    }

    /// Notes a backup, with its audit event.
    public func succeeded(_ report: BackupMaker.Report, _ target: String, _ context: Context) throws {
        try installation.audit.write(
            AuditEvent(.backupMade, by: .system, on: .system, call: context.callID, at: context.now))
        try note("done", target, report.bytes, report.name, context)
    }

    /// Notes that there is none.
    public func failed(_ target: String, _ context: Context) throws {
        try installation.audit.write(
            AuditEvent(.backupMade, by: .system, on: .system, .refused, call: context.callID, at: context.now))
        try note("failed", target, 0, nil, context)
    }

    /// The newest ones first.
    public func newest(_ limit: Int) throws -> [JSONValue] {
        try backups.find([:], sort: ["_id": -1], limit: limit).map { backup in
            [
                "at": backup["at"]?.date.map { .string($0.description) } ?? .null,
                "bytes": backup["bytes"]?.integer.map(JSONValue.integer) ?? .null,
                "target": backup["target"]?.string.map(JSONValue.string) ?? .null,
                "status": backup["status"]?.string.map(JSONValue.string) ?? .null,
            ]
        }
    }

    private func note(
        _ status: String, _ target: String, _ bytes: Int64, _ name: String?, _ context: Context
    ) throws {
        try backups.insert([
            "_id": .id(UniqueID(at: context.now, random: context.random)), "at": .date(context.now),
            "bytes": .int64(bytes), "target": .string(target), "status": .string(status),
            "name": name.map(BSONValue.string) ?? .null,
        ])
    }
}
