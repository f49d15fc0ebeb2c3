import Foundation
import Glibc
import JSON
import Testing

/// Somebody's stream of server-sent events, read in the background for as long as it is open.
final class EventReader {
    /// One event.
    struct Event: Equatable {
        let id: String
        let type: String
        let data: JSONValue
    }

    private let curl = Process()
    private let file = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString)")

    /// Begins to read; returns once the stream is open or was refused.
    init(_ person: Person, after id: String? = nil, fields: [String] = []) throws {
        try Data().write(to: file)
        let url = "http://127.0.0.1:\(person.client.port)/function/read-messages/stream"
        let own = ["Authorization: Bearer " + person.accessToken] + (id.map { ["Last-Event-ID: " + $0] } ?? [])
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        curl.arguments = ["-s", "-N", "-i", "--max-time", "300"] + (own + fields).flatMap { ["-H", $0] } + [url]
        curl.standardOutput = try FileHandle(forWritingTo: file)
        try curl.run()
        try #require(Patience.until { !marks.isEmpty || !isOpen }, "\(text)")
    }

    deinit {
        if curl.isRunning { kill(curl.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: file)
    }

    /// All that has come, fields included.
    var text: String {
        ((try? String(contentsOf: file, encoding: .utf8)) ?? "").replacing("\r\n", with: "\n")
    }

    /// The answer's status.
    var status: Int { text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }

    var isOpen: Bool { curl.isRunning }

    /// The events that have come, whole ones alone.
    var events: [Event] {
        blocks.compactMap { block in
            guard let id = block["id"], let type = block["event"], let data = block["data"],
                let json = try? JSONValue(parsing: Array(data.utf8))
            else { return nil }
            return Event(id: id, type: type, data: json)
        }
    }

    /// What the client would send as `Last-Event-ID`.
    var lastID: String? { marks.last }

    private var marks: [String] { blocks.compactMap { $0["id"] } }

    private var blocks: [[String: String]] {
        text.components(separatedBy: "\n\n").dropLast().map { block in
            let lines = block.split(separator: "\n").compactMap { line -> (String, String)? in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { return nil }
                return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
            }
            return Dictionary(lines, uniquingKeysWith: { _, last in last })
        }
    }

    /// The numbers of the messages that it was told of, in order.
    var numbers: [Int64] {
        events.filter { $0.type == "message" }.compactMap { $0.data["seq"].integer }
    }

    /// Waits for an event.
    func expect(_ type: String, _ data: JSONValue) {
        let isThere = Patience.until { events.contains { $0.type == type && $0.data == data } }
        #expect(isThere, "no \(type) \(data) in \(text)")
    }

    /// Waits for the end.
    func expectEnd() {
        #expect(Patience.until { !isOpen }, "\(text)")
    }

    /// Ends it, as a client does that leaves.
    func close() {
        kill(curl.processIdentifier, SIGKILL)  // which nobody passes on as blocked
        curl.waitUntilExit()
    }
}
