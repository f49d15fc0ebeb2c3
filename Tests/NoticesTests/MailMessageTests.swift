import AccountsDomain
import Foundation
import HTTPClient
import Primitives
import Testing

@testable import send_notices

@Suite struct MailMessageTests {
    private func message(_ subject: String, _ body: String, from: String = "noreply@example.org") throws -> String {
        let sender = try unwrapped(Mailbox(parsing: from))
        let recipient = try unwrapped(EmailAddress(parsing: "alice@example.org"))
        let text = MailText(subject: subject, body: body)
        let message = MailMessage(from: sender, to: recipient, text, at: Timestamp(milliseconds: 0), id: .zero)
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test func `its lines are short, its header ASCII, its text whole`() throws {
        let body = String(repeating: "Grüße, «ça va»? 😀\n", count: 50)
        let message = try message("Vos identifiants ont expiré, à bientôt, et voilà encore des mots", body)
        let lines = message.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 && $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })
        let encoded = message.components(separatedBy: "\r\n\r\n")[1].replacingOccurrences(of: "\r\n", with: "")
        let text = try unwrapped(Data(base64Encoded: encoded))
        #expect(String(decoding: text, as: UTF8.self) == body.replacingOccurrences(of: "\n", with: "\r\n"))
    }

    @Test(arguments: ["a\r\nBcc: eve@example.org", "a\nBcc: eve@example.org", "a\rBcc: eve@example.org", "=?x?Q?y?="])
    func `no subject begins a header line`(subject: String) throws {
        let header = try message(subject, "").components(separatedBy: "\r\n\r\n")[0]
        #expect(!header.contains("Bcc"))
        #expect(header.components(separatedBy: "\r\n").count == 9)
    }

    @Test(
        arguments: [
            ("a@b", nil, "a@b"), ("A B <a@b.org>", "A B", "a@b.org"), ("<a@b>", nil, "a@b"),
        ] as [(String, String?, String)])
    func `a sender is an address, or a name and one`(text: String, name: String?, address: String) throws {
        let mailbox = try unwrapped(Mailbox(parsing: text))
        #expect(mailbox.name == name)
        #expect(mailbox.address == address)
    }

    @Test(arguments: ["", "a", "a@", "@b", "a@b@c", "A\n<a@b>", "\"A\" <a@b>", "A <a@b", "a b@c", "A <a@b>\r\n"])
    func `anything else is no sender`(text: String) {
        #expect(Mailbox(parsing: text) == nil)
    }

    @Test(
        arguments: [
            (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (1_800_000_000_000, "Fri, 15 Jan 2027 08:00:00 +0000"),
            (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        ] as [(Int64, String)])
    func `dates are written as mail has them`(milliseconds: Int64, text: String) {
        #expect(MailDate.text(Timestamp(milliseconds: milliseconds)) == text)
    }

    @Test(arguments: [
        ("smtp://127.0.0.1:2525", false), ("smtp://localhost", false), ("smtp://[::1]:25/", false),
        ("smtps://127.0.0.1", true), ("smtp://mail.example.org:587", true), ("smtp://127.example.org", true),
    ])
    func `nothing leaves the machine in the clear`(url: String, requiresTLS: Bool) throws {
        #expect(try unwrapped(MailServer(url: url)).requiresTLS == requiresTLS)
    }

    @Test func `the pauses between attempts double, up to two hours, for a day`() {
        var now = Timestamp(milliseconds: 0)
        var pauses: [Int64] = []
        for attempt: Int64 in 1...100 {
            guard let next = Backoff.next(after: attempt, firstAt: Timestamp(milliseconds: 0), now: now) else { break }
            pauses.append((next.milliseconds - now.milliseconds) / 1000)
            now = next
        }
        #expect(pauses.prefix(11) == [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 7200])
        #expect(pauses.reduce(0, +) <= 86_400 && pauses.reduce(0, +) > 79_200)
    }
}
