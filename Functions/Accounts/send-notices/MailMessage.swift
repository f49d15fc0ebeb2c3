import AccountsDomain
import Primitives

/// What a mail says.
struct MailText: Equatable {
    /// One line.
    let subject: String
    /// Lines divided by `\n`.
    let body: String
}

/// A plain-text mail (RFC 5322, RFC 2045 to 2047). Nothing that is put in can begin a header line: words outside
/// printable ASCII are encoded, and so is the text.
struct MailMessage {
    /// The message, its lines ended by CRLF.
    let bytes: [UInt8]

    init(from sender: Mailbox, to recipient: EmailAddress, _ text: MailText, at now: Timestamp, id: UniqueID) {
        let name = sender.name.map { EncodedWord.phrase($0) + " " } ?? ""
        let header = [
            "Date: " + MailDate.text(now), "From: \(name)<\(sender.address)>", "To: <\(recipient.text)>",
            "Subject: " + EncodedWord.text(text.subject), "Message-ID: <\(id)@\(sender.domain)>",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        let lines = text.body.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        let message = header + [""] + Self.base64Lines(Array(lines.utf8))
        bytes = Array((message.joined(separator: "\r\n") + "\r\n").utf8)
    }

    private static let bytesInLine = 57

    private static func base64Lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: bytesInLine).map { start in
            Base64.standard.encode(bytes[start..<min(start + bytesInLine, bytes.count)])
        }
    }
}

/// Text in header lines (RFC 2047).
enum EncodedWord {
    private static let longest = 42

    /// The text as it is where it is printable ASCII, otherwise in encoded words on lines of their own.
    static func text(_ text: String) -> String {
        isPrintable(text) && text.utf8.count <= 200 ? text : encoded(text)
    }

    /// A name before an address: quoted where it is printable ASCII; must hold neither quotes nor backslashes.
    static func phrase(_ text: String) -> String {
        isPrintable(text) ? "\"" + text + "\"" : encoded(text)
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
    }

    private static func encoded(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > longest { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?" + Base64.standard.encode($0) + "?=" }.joined(separator: "\r\n ")
    }
}

/// The time in header lines (RFC 5322, 3.3).
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Thu, 1 Jan 1970 00:00:00 +0000`.
    static func text(_ time: Timestamp) -> String {
        let day = max(0, time.seconds) / 86_400
        let date = CivilDate(daysSinceEpoch: day)
        let weekday = days[Int(day % 7)]
        let clock = time.description.dropFirst(11).prefix(8)
        return "\(weekday), \(date.day) \(months[Int(date.month) - 1]) \(date.year) \(clock) +0000"
    }
}
