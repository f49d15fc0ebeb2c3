public import Platform

/// Why a password could not be hashed or checked; a wrong password is no error.
public enum PasswordHashError: Error, Equatable, CustomStringConvertible {
    /// All slots of the host stayed taken for as long as the caller would wait.
    case busy
    /// The memory that the hash fills cannot be had.
    case outOfMemory
    /// What was stored is no Argon2id hash, or its costs are beyond what is ever computed.
    case malformed
    /// The slots' files cannot be opened or locked.
    case slotsUnusable(SystemError)

    /// One sentence for an operator.
    public var description: String {
        switch self {
        case .busy: "all slots for password hashing are taken"
        case .outOfMemory: "there is no memory for password hashing"
        case .malformed: "the stored password hash is malformed or its costs are out of bounds"
        case .slotsUnusable(let error): "the slots for password hashing cannot be used: \(error)"
        }
    }
}
