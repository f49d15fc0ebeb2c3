public import BSON
public import Primitives

/// What one file of a backup says of itself, in the clear and bound to its content.
public struct BackupPart: Equatable, Sendable {
    /// Which part of a backup it is.
    public enum Kind: String, CaseIterable, Sendable {
        /// The installation's data.
        case data
        /// The key vault.
        case keys
    }

    /// Which part it is.
    public let kind: Kind
    /// The backup that it belongs to; both of its parts say the same.
    public let backup: UniqueID
    /// When the backup was begun.
    public let at: Timestamp
    /// The instant of the database that it shows (a BSON timestamp).
    public let clusterTime: BSONValue

    /// Describes a part.
    public init(kind: Kind, backup: UniqueID, at: Timestamp, clusterTime: BSONValue) {
        self.kind = kind
        self.backup = backup
        self.at = at
        self.clusterTime = clusterTime
    }
}

extension BackupPart {
    private static let format = "passerelle-backup"
    private static let version: Int64 = 1

    init?(_ document: Document) {
        guard document["format"]?.string == Self.format, document["version"]?.integer == Self.version,
            let kind = document["part"]?.string.flatMap(Kind.init(rawValue:)), let backup = document["backup"]?.id,
            let at = document["at"]?.date, let clusterTime = document["clusterTime"]
        else { return nil }
        self.init(kind: kind, backup: backup, at: at, clusterTime: clusterTime)
    }

    var document: Document {
        [
            "format": .string(Self.format), "version": .int64(Self.version), "part": .string(kind.rawValue),
            "backup": .id(backup), "at": .date(at), "clusterTime": clusterTime,
        ]
    }
}
