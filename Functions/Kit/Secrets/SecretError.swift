public import Platform

/// Why a secret could not be read or made; names the secret, never what is in it.
public enum SecretError: Error, Equatable, CustomStringConvertible {
    /// The name is not 1 to 64 of `a` to `z`, `0` to `9` and `-`.
    case invalidName
    /// There is no such secret.
    case missing(String)
    /// There is one already; it is left as it is.
    case alreadyThere(String)
    /// It is no plain file within the directory: a link that leads out, a folder, a pipe, a device.
    case notAFile(String)
    /// It is empty, or longer than ``SecretDirectory/longest``.
    case badLength(String)
    /// The system refused.
    case inaccessible(String, SystemError)

    /// One sentence for an operator.
    public var description: String {
        switch self {
        case .invalidName: "a secret's name has 1 to 64 lower-case letters, digits and hyphens"
        case .missing(let name): "the secret \(name) is missing"
        case .alreadyThere(let name): "the secret \(name) is already there"
        case .notAFile(let name): "the secret \(name) is not a plain file"
        case .badLength(let name): "the secret \(name) is empty or too long"
        case .inaccessible(let name, let error): "the secret \(name) cannot be used: \(error)"
        }
    }
}
