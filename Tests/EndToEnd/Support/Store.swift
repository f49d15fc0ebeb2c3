import Foundation
import JSON
import Synchronization

/// The installation's database as another driver sees it: `Scripts/store.py`, kept running.
///
/// Documents go in and out as MongoDB's canonical extended JSON.
final class Store: Sendable {
    private let conversation: Mutex<Conversation>

    init(data: String) throws {
        let script = Environment.root + "/Tests/EndToEnd/Scripts/store.py"
        let words = [try Environment.python(), script, data]
        conversation = Mutex(try Conversation(words))
    }

    func close() {
        conversation.withLock { $0.close() }
    }

    /// The documents that match, by `_id`.
    func find(_ collection: String, _ filter: JSONValue) throws -> [JSONValue] {
        try ask(["do": "find", "collection": .string(collection), "filter": filter]).elements
    }

    /// The one document that matches.
    func one(_ collection: String, _ filter: JSONValue) throws -> JSONValue {
        let found = try find(collection, filter)
        guard found.count == 1 else { throw StoreFault(what: "\(found.count) documents match \(filter)") }
        return found[0]
    }

    /// Changes what matches; there must be something to change.
    func set(_ collection: String, _ filter: JSONValue, _ fields: JSONValue) throws {
        let request: JSONValue = [
            "do": "update", "collection": .string(collection), "filter": filter, "update": ["$set": fields],
        ]
        let changed = try ask(request)
        guard let count = Int(changed["$numberInt"].string ?? ""), count > 0 else {
            throw StoreFault(what: "nothing was changed: \(changed)")
        }
    }

    /// Opens every login that failures have closed, and forgets them.
    func forgetFailures() throws {
        try set("throttles", [:], ["failures": 0, "closures": 0, "closedUntil": .null])
    }

    /// A field, opened with MongoDB's own client-side encryption: the subtype it is stored under, and its document.
    func decrypt(_ collection: String, _ filter: JSONValue, field: String) throws -> JSONValue {
        try ask([
            "do": "decrypt", "collection": .string(collection), "filter": filter, "field": .string(field),
        ])
    }

    /// Looks for the needles in every document, in the database's files and in the logs.
    func search(_ needles: Set<[UInt8]>) throws -> JSONValue {
        let hex = needles.map { JSONValue.string($0.map { String(format: "%02x", $0) }.joined()) }
        return try ask(["do": "search", "needles": .array(hex)])
    }

    /// Has the server note every operation on the database while `body` runs.
    func watching(_ body: () throws -> Void) throws {
        _ = try ask(["do": "watch", "on": .bool(true)])
        defer { _ = try? ask(["do": "watch", "on": .bool(false)]) }
        try body()
    }

    /// What was noted of a collection's document with that id: `kind`, `plan` and `examined`, oldest first.
    func watched(_ collection: String, id: String) throws -> [JSONValue] {
        try ask(["do": "watched", "collection": .string(collection), "id": .string(id)]).elements
    }

    /// What in an answer is not as the OpenAPI document says.
    func faults(
        of body: JSONValue, path: String, method: String, status: Int, fields: [JSONValue]
    ) throws -> [String] {
        let contract = try Data(contentsOf: URL(fileURLWithPath: Environment.root + "/Gateway/Pages/openapi.json"))
        return try ask([
            "do": "conform", "contract": .string(String(decoding: contract, as: UTF8.self)), "path": .string(path),
            "method": .string(method), "status": .string(String(status)), "fields": .array(fields),
            "body": .string(String(decoding: body.text, as: UTF8.self)),
        ]).strings
    }

    private func ask(_ command: JSONValue) throws -> JSONValue {
        let line = try conversation.withLock { try $0.ask(command.text) }
        let answer = try JSONValue(parsing: line)
        if let error = answer["error"].string { throw StoreFault(what: error) }
        return answer["ok"]
    }
}

/// Why the database could not be read or changed by the tests.
struct StoreFault: Error, CustomStringConvertible {
    let what: String
    var description: String { "The tests' own look into the database failed: \(what)" }
}

/// A process that answers a line with a line.
private struct Conversation: ~Copyable {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ words: [String]) throws {
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    mutating func ask(_ line: [UInt8]) throws -> [UInt8] {
        try input.fileHandleForWriting.write(contentsOf: Data(line + [UInt8(ascii: "\n")]))
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: "\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw StoreFault(what: "its process ended") }
            answer += more
        }
        return answer
    }

    mutating func close() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
