/// A MongoDB connection string; only its hosts are ever shown, since it may hold a password.
struct MongoURI: Equatable, CustomStringConvertible {
    let text: String
    private let hosts: String

    init(parsing text: String) throws(Failure) {
        guard let scheme = ["mongodb://", "mongodb+srv://"].first(where: text.hasPrefix) else {
            throw .misconfigured("MONGODB_URI does not begin with mongodb:// or mongodb+srv://.")
        }
        let authority = text.dropFirst(scheme.utf8.count).prefix { $0 != "/" && $0 != "?" }
        hosts =
            authority.lastIndex(of: "@").map { String(authority[authority.index(after: $0)...]) } ?? String(authority)
        guard !hosts.isEmpty else { throw .misconfigured("MONGODB_URI names no host.") }
        self.text = text
    }

    var description: String { hosts }
}
