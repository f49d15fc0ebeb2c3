public import Platform

/// Where backups are kept: named files that are there whole or not at all.
public protocol BackupStore {
    /// How the operator calls it; holds no secret.
    var name: String { get }

    /// A folder on this machine for files that are to be put there.
    var workFolder: String { get }

    /// Puts the file at `path` there; it may be moved.
    func put(_ name: String, from path: String) throws(BackupStoreError)

    /// Copies a file into an open one; throws `.missing` where there is none.
    func get(_ name: String, into file: borrowing Descriptor) throws(BackupStoreError)

    /// The names of all files, at most two levels deep, and their lengths.
    func list() throws(BackupStoreError) -> [BackupFile]

    /// Removes a file; that it is not there is no error.
    func remove(_ name: String) throws(BackupStoreError)
}

/// A file of a store.
public struct BackupFile: Equatable, Sendable {
    /// Its name, `folder/file`.
    public let name: String
    /// Its length in bytes.
    public let bytes: Int64
}

/// Why a store did not do what it was asked.
public enum BackupStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// There is no such file.
    case missing(String)
    /// It cannot be used as it is configured.
    case configuration(String)
    /// It did not work this time.
    case failed(String)

    /// One sentence for an operator; holds no secret.
    public var description: String {
        switch self {
        case .missing(let name): "there is no \(name)"
        case .configuration(let reason), .failed(let reason): reason
        }
    }
}
