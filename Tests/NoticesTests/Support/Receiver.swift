import Foundation
import JSON
import TestMongo

/// A mail server and a webhook's receiver: `Scripts/receiver.py`, running until it is let go.
final class Receiver {
    let ports: JSONValue
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(certificate: String? = nil) throws {
        process.executableURL = URL(fileURLWithPath: try Self.python())
        let script = MongoBinary.packageRoot + "/Tests/NoticesTests/Scripts/receiver.py"
        process.arguments = [script] + [certificate].compactMap(\.self)
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        ports = try Self.line(output.fileHandleForReading)
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    var webhook: String { "http://127.0.0.1:\(port("http"))/hook" }
    var smtp: String { "smtp://127.0.0.1:\(port("smtp"))" }
    var smtps: String { "smtps://127.0.0.1:\(port("smtps"))" }

    /// The posts that came since the last time this or `mails` was asked for, and the mails.
    func take() throws -> (posts: [Post], mails: [Mail]) {
        let came = try ask(["do": "take"]).elements
        return (
            came.filter { $0["post"] != .null }.map(Post.init),
            try came.filter { $0["mail"] != .null }.map(Mail.init)
        )
    }

    /// The statuses that the next posts are answered with.
    func answer(_ statuses: [Int64]) throws {
        _ = try ask(["do": "answer", "statuses": .array(statuses.map(JSONValue.integer))])
    }

    /// What the next recipients are refused with; `nil` to take them again.
    func refuse(_ code: Int64?) throws {
        _ = try ask(["do": "refuse", "code": code.map(JSONValue.integer) ?? .null])
    }

    private func port(_ name: String) -> Int64 {
        if case .integer(let port) = ports[name] { port } else { 0 }
    }

    private func ask(_ command: JSONValue) throws -> JSONValue {
        try input.fileHandleForWriting.write(contentsOf: Data(command.text + [UInt8(ascii: "\n")]))
        return try Self.line(output.fileHandleForReading)
    }

    private static func line(_ handle: FileHandle) throws -> JSONValue {
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let more = handle.availableData
            guard !more.isEmpty else { throw TestFailure("the receiver has ended") }
            line += more
        }
        return try JSONValue(parsing: line)
    }

    /// The tests' Python: from `PASSERELLE_VENV`, or the one that `make test` makes.
    private static func python() throws -> String {
        let given = ProcessInfo.processInfo.environment["PASSERELLE_VENV"]
        let path = (given ?? MongoBinary.packageRoot + "/.tools/venv") + "/bin/python"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestFailure("no Python environment: run Gateway/Deploy/local/make-venv, or \"make test\"")
        }
        return path
    }
}

/// A post to the webhook.
struct Post {
    let status: Int64
    let body: String
    let json: JSONValue
    private let headers: JSONValue

    init(_ json: JSONValue) {
        body = json["body"].string ?? ""
        self.json = (try? JSONValue(parsing: Array(body.utf8))) ?? .null
        headers = json["headers"]
        if case .integer(let status) = json["status"] { self.status = status } else { status = 0 }
    }

    func header(_ name: String) -> String? {
        headers[name].string
    }
}

/// A mail as the server took it.
struct Mail {
    let sender: String
    let recipients: [String]
    let login: String?
    let header: String
    let text: String

    init(_ json: JSONValue) throws {
        sender = json["from"].string ?? ""
        recipients = json["to"].elements.compactMap(\.string)
        login = json["login"].string
        let parts = (json["mail"].string ?? "").components(separatedBy: "\r\n\r\n")
        header = parts[0]
        let encoded = parts.dropFirst().joined().replacingOccurrences(of: "\r\n", with: "")
        guard let data = Data(base64Encoded: encoded) else { throw TestFailure("the mail's text is not base64") }
        text = String(decoding: data, as: UTF8.self)
    }

    /// The token of the link in the text.
    var token: String? {
        text.components(separatedBy: "/claim#").dropFirst().first.map { String($0.prefix(43)) }
    }
}

extension JSONValue {
    subscript(name: String) -> JSONValue {
        if case .object(let object) = self { object[name] ?? .null } else { .null }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var integer: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }

    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
