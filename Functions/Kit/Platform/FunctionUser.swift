public import Glibc

/// Whom functions run as where root starts them.
public struct FunctionUser: Equatable, Sendable {
    /// The variable that names the user.
    public static let variable = "FUNCTION_USER"
    /// Who is taken where none is named: the first that there is.
    private static let usual = ["passerelle", "nobody"]

    /// The user's name.
    public let name: String
    /// Its number, never 0.
    public let id: uid_t

    /// The user of that name or number; `nil` where there is none, or it is root.
    public init?(named name: String) {
        self.name = name
        if let number = uid_t(name) {
            id = number
        } else {
            guard let entry = unsafe getpwnam(name) else { return nil }
            id = unsafe entry.pointee.pw_uid
        }
        if id == 0 || id == uid_t.max { return nil }
    }

    /// Who is taken where none is named.
    public static var usually: FunctionUser? {
        usual.lazy.compactMap { FunctionUser(named: $0) }.first
    }
}
