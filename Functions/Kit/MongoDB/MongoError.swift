/// Why the store did not do what it was asked. Messages are for logs alone: a server's may quote a document.
public enum MongoError: Error, Equatable, Sendable {
    /// No server could be reached, or the connection broke; a write may or may not have been applied.
    case unavailable(String)
    /// The limit set on the client passed; a write may or may not have been applied.
    case deadline
    /// A unique index has this value already; gives the index's name.
    case duplicateKey(index: String)
    /// The server did not take the credentials, or they do not allow this.
    case unauthenticated(String)
    /// A concurrent write got in the way until there was no time left; nothing of a transaction is applied.
    case conflict(String)
    /// The server's own error, with its code.
    case server(code: Int32, message: String)
    /// What was asked makes no sense to the driver, or what came back none to us; not sent, or not to be retried.
    case invalid(String)
}
