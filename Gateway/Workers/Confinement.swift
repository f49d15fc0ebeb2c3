/// A user without rights, who sees the secrets of one function alone.
package struct Confinement: Equatable, Sendable {
    /// The user's number, never 0.
    package let user: UInt32
    /// The group's number, the process's only one.
    package let group: UInt32
    /// The folder of its secrets.
    package let ownSecrets: String
    /// The folder in whose place it sees its own; `nil` where it is only told of its own.
    package let inPlaceOf: String?

    /// Describes one.
    package init(user: UInt32, group: UInt32, ownSecrets: String, inPlaceOf: String? = nil) {
        self.user = user
        self.group = group
        self.ownSecrets = ownSecrets
        self.inPlaceOf = inPlaceOf
    }
}
