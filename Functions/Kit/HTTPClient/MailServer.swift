/// A mail server to hand mails to (RFC 5321), with or without a login.
public struct MailServer: Equatable, Sendable {
    /// Its address, `smtp:` or `smtps:`, without path.
    public let url: String
    /// Whether nothing may be said to it in the clear.
    public let requiresTLS: Bool
    /// Whom to log in as; `nil` for nobody.
    public let login: Login?

    /// Name and password at the mail server.
    public struct Login: Equatable, Sendable {
        /// The user's name.
        public let user: String
        /// The password.
        public let password: String

        /// Names a user.
        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// Reads an address such as `smtp://mail.example.org:587`; `nil` for any other form, or with a login in it.
    ///
    /// TLS is required, from the start (`smtps:`) or by STARTTLS, but on this very machine.
    public init?(url: String, login: Login? = nil) {
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, ["smtp", "smtps"].contains(parts[0].lowercased()) else { return nil }
        let place = parts[1].hasSuffix("/") ? parts[1].dropLast() : parts[1]
        guard let host = Self.host(of: place) else { return nil }
        self.url = parts[0].lowercased() + "://" + place
        self.login = login
        requiresTLS = parts[0].lowercased() == "smtps" || !Self.isOwn(host)
    }

    /// The host in `host`, `host:port` or `[address]:port`; `nil` for anything else.
    private static func host(of place: Substring) -> String? {
        let end = place.hasPrefix("[") ? place.firstIndex(of: "]").map(place.index(after:)) : place.firstIndex(of: ":")
        let host = place[..<(end ?? place.endIndex)]
        let port = end.map { place[$0...] } ?? ""
        let isPort = port.isEmpty || port.hasPrefix(":") && UInt16(port.dropFirst()).map { $0 > 0 } ?? false
        let isHost = (1...255).contains(host.utf8.count) && host.utf8.allSatisfy(isHostCharacter)
        return isPort && isHost ? String(host) : nil
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || Set("-._[]:".utf8).contains(byte)
    }

    private static func isOwn(_ host: String) -> Bool {
        ["localhost", "[::1]"].contains(host.lowercased())
            || host.hasPrefix("127.")
                && host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    }
}
