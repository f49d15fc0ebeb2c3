import JSON

/// Finds the store that the settings name.
public enum BackupTarget {
    /// The store of `BACKUP_TARGET`: a directory's absolute path, or `s3://bucket/prefix` with `BACKUP_ENDPOINT` and
    /// `BACKUP_REGION`; `credentials` are the secret `backup-store`. `nil` where there is no target.
    public static func store(
        _ setting: (String) -> String?, credentials: () throws -> [UInt8]?
    ) throws(BackupStoreError) -> (any BackupStore)? {
        guard let target = setting("BACKUP_TARGET") else { return nil }
        guard target.hasPrefix("s3://") else { return try DirectoryStore(path: target) }
        let place = try ObjectStorePlace(
            target, endpoint: setting("BACKUP_ENDPOINT"), region: setting("BACKUP_REGION"))
        return try ObjectStore(place, access(credentials))
    }

    private static func access(
        _ credentials: () throws -> [UInt8]?
    ) throws(BackupStoreError) -> ObjectStoreAccess {
        guard let bytes = try? credentials() else {
            throw .configuration(
                "The secret backup-store is missing: the object store's accessKeyId and secretAccessKey.")
        }
        do {
            return try ObjectStoreAccess(json: JSONValue(parsing: bytes))
        } catch {
            throw .configuration("The secret backup-store is no JSON with accessKeyId and secretAccessKey.")
        }
    }
}
