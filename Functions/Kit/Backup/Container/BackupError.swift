/// Why a part of a backup cannot be written or read; says nothing of what is in it.
public enum BackupError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is no part of a backup of ours, or of a later version.
    case foreign
    /// It ends early, was altered, or its pieces stand in another order.
    case damaged
    /// The private key is not the one that it was encrypted for.
    case wrongKey
    /// It was not made by an installation with our audit key.
    case notOurs
    /// It is another part, or of another backup, than the one that was expected in its place.
    case misplaced
    /// The file cannot be read or written.
    case file(String)

    /// One clause for an operator.
    public var description: String {
        switch self {
        case .foreign: "it is no backup that this version can read"
        case .damaged: "it was cut off or altered"
        case .wrongKey: "it was encrypted for another private key"
        case .notOurs: "it was not made with this installation's audit-key"
        case .misplaced: "it belongs to another backup, or is another part of it"
        case .file(let reason): "the file cannot be used: \(reason)"
        }
    }
}
