/// A user without rights, who sees the secrets of one function alone.
package struct Confinement: Equatable, Sendable {
    /// The user's number, never 0.
    package let user: UInt32
    /// The group's number, the process's only one.
    package let group: UInt32
    /// The folder of its secrets.
    package let ownSecrets: String
    /// The view of the file system that it has, by its descriptor; `nil` for the gateway's.
    package let view: CInt?

    /// Describes one.
    package init(user: UInt32, group: UInt32, ownSecrets: String, view: CInt? = nil) {
        self.user = user
        self.group = group
        self.ownSecrets = ownSecrets
        self.view = view
    }
}
