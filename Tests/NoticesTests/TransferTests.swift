import Foundation
import HTTPClient
import JSON
import TestMongo
import Testing

@Suite struct TransferTests {
    let receiver: Receiver
    let client: HTTPClient

    init() throws {
        receiver = try Receiver()
        client = try HTTPClient()
    }

    @Test func `a redirect is an answer like others`() throws {
        try receiver.answer([302])
        let reply = try client.send(HTTPRequest("POST", receiver.webhook, body: .bytes([])))
        #expect(reply.status == 302)
        #expect(reply.header("location") == "/elsewhere")
        #expect(try receiver.take().posts.count == 1)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
    func `where public addresses alone are meant, this machine is not connected to`(_ host: String) throws {
        let address = receiver.webhook.replacingOccurrences(of: "127.0.0.1", with: host)
        var request = HTTPRequest("POST", address, body: .bytes([]))
        request.isPublicOnly = true
        #expect(throws: TransferError.self) { try client.send(request) }
        request.isPublicOnly = false
        _ = try client.send(HTTPRequest("POST", receiver.webhook, body: .bytes([])))
        #expect(try receiver.take().posts.count == 1)
    }

    @Test func `content comes from a file, from where it stands on`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/passerelle-upload-\(UUID().uuidString)"
        try Data("0123456789".utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try unwrapped(FileHandle(forReadingAtPath: path))
        try file.seek(toOffset: 2)
        let body = HTTPRequest.Body.file(descriptor: file.fileDescriptor, count: 5)
        _ = try client.send(HTTPRequest("POST", receiver.webhook, body: body))
        #expect(try receiver.take().posts.map(\.body) == ["23456"])
    }

    @Test func `an answer goes into memory or a file, up to the limit`() throws {
        var request = HTTPRequest("GET", receiver.webhook + "?bytes=1000")
        request.answerLimit = 1000
        #expect(try client.send(request).body == [UInt8](repeating: UInt8(ascii: "x"), count: 1000))
        request.answerLimit = 999
        #expect(throws: TransferError.tooLong) { try client.send(request) }
        let path = FileManager.default.temporaryDirectory.path + "/passerelle-answer-\(UUID().uuidString)"
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try unwrapped(FileHandle(forWritingAtPath: path))
        request.answerLimit = 1000
        request.answerFile = file.fileDescriptor
        #expect(try client.send(request).body.isEmpty)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 1000)
    }

    @Test(arguments: [
        ("X-A", "b\r\nX-C: d"), ("X-A", "b\nc"), ("X-A", "b\0c"), ("X A", "b"), ("X-A:", "b"), ("", "b"),
        ("X-A\n", "b"),
    ])
    func `no header field begins another`(name: String, value: String) throws {
        let request = HTTPRequest("POST", receiver.webhook, headers: [HTTPField(name, value)], body: .bytes([]))
        #expect(throws: TransferError.malformed("a header field")) { try client.send(request) }
        #expect(try receiver.take().posts.isEmpty)
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://127.0.0.1/", "http:// x", "http://a\r\nb/", "smtp://127.0.0.1"])
    func `only web addresses are asked`(url: String) {
        #expect(throws: TransferError.malformed("the address")) { try client.send(HTTPRequest("GET", url)) }
    }

    @Test(arguments: ["", "get", "GET /", "G\r\n"])
    func `a method is letters`(method: String) {
        #expect(throws: TransferError.malformed("the method")) {
            try client.send(HTTPRequest(method, receiver.webhook))
        }
    }

    @Test func `an empty header field is sent as such`() throws {
        _ = try client.send(
            HTTPRequest("POST", receiver.webhook, headers: [HTTPField("X-Empty", "")], body: .bytes([])))
        #expect(try receiver.take().posts.first?.header("x-empty") == "")
    }

    @Test func `a server that does not answer in time is given up`() throws {
        var request = HTTPRequest("GET", receiver.webhook + "?hang=1")
        request.timeout = 300
        #expect(throws: TransferError.late) { try client.send(request) }
    }

    @Test func `a mail server elsewhere that offers no TLS gets no mail`() throws {
        let server = try unwrapped(
            MailServer(url: receiver.smtp.replacingOccurrences(of: "127.0.0.1", with: "mail.localhost")))
        #expect(server.requiresTLS)
        try expectUntrusted(server)
    }

    @Test func `a mail server whose certificate nobody knows gets no mail`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/passerelle-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder + "/key", "-out", folder + "/cert",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        let both =
            try Data(contentsOf: URL(fileURLWithPath: folder + "/key"))
            + Data(contentsOf: URL(fileURLWithPath: folder + "/cert"))
        try both.write(to: URL(fileURLWithPath: folder + "/both"))
        let receiver = try Receiver(certificate: folder + "/both")
        try expectUntrusted(unwrapped(MailServer(url: receiver.smtps)))
        #expect(try receiver.take().mails.isEmpty)
    }

    @Test(arguments: ["a@b> SIZE=1\r\nDATA", "a@b\r\nRCPT TO:<c@d>", "<a@b>", "", "a b@c"])
    func `no address becomes a command of the mail server's`(address: String) throws {
        let mail = try MailClient(unwrapped(MailServer(url: receiver.smtp)))
        #expect(throws: TransferError.malformed("an address")) {
            try mail.send(Array("x".utf8), from: "a@b", to: address)
        }
        #expect(throws: TransferError.malformed("an address")) {
            try mail.send(Array("x".utf8), from: address, to: "a@b")
        }
        #expect(try receiver.take().mails.isEmpty)
    }

    private func expectUntrusted(_ server: MailServer) throws {
        let mail = try MailClient(server)
        do {
            try mail.send(Array("x".utf8), from: "a@example.org", to: "b@example.org")
            Issue.record("the mail was sent")
        } catch {
            guard case .untrusted = error else { throw error }
        }
        #expect(try receiver.take().mails.isEmpty)
    }
}
