/// Hands mails to a mail server; one thread's at a time, keeping the connection open between them.
public final class MailClient {
    private let transfers: Transfers
    private let server: MailServer

    /// Prepares the client; connects with the first mail.
    public init(_ server: MailServer) throws(TransferError) {
        transfers = try Transfers()
        self.server = server
    }

    /// Hands over a message (RFC 5322) for one recipient, within so many milliseconds; returns once the server has
    /// taken it. Both addresses must be bare ones.
    public func send(
        _ message: [UInt8], from sender: String, to recipient: String, timeout: Int = 20_000
    ) throws(TransferError) {
        guard Self.isBare(sender), Self.isBare(recipient) else { throw .malformed("an address") }
        try transfers.beginMail(server.url, from: sender, requiresTLS: server.requiresTLS)
        try transfers.add(recipient: recipient)
        if let login = server.login { try transfers.logIn(login.user, login.password) }
        try transfers.limit(connecting: min(5000, timeout), whole: timeout)
        _ = try transfers.perform(sending: message)
    }

    private static func isBare(_ address: String) -> Bool {
        !address.isEmpty && address.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x3c && $0 != 0x3e }
    }
}
