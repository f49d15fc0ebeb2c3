import GatewayStack
import JSON
import Primitives

/// Which of a function's lines are asked for.
struct LogQuery {
    let follows: Bool
    /// At most so many of the latest; `nil` for all that are kept.
    let tail: Int?
    private let since: Timestamp?
    private let instance: String?
    private let name: String
    private let namespace: String

    init(_ query: QueryParameters, of entry: FunctionEntry) throws(Problem) {
        name = entry.definition.name
        namespace = entry.namespace
        instance = query["instance"]
        switch query["follow"]?.lowercased() {
        case nil, "false", "0": follows = false
        case "true", "1": follows = true
        default: throw .invalid("The parameter follow must be true or false.")
        }
        tail = try Self.tail(query["tail"])
        since = try Self.since(query["since"])
    }

    /// The lines that are there, oldest first, as newline-delimited JSON.
    func present(_ lines: [FunctionLines.Line]) -> [UInt8] {
        let fitting = lines.filter(fits)
        return Array(fitting.suffix(tail ?? fitting.count).map(text).joined())
    }

    /// A line as it is sent; `nil` for one that was not asked for.
    func render(_ line: FunctionLines.Line) -> [UInt8]? {
        fits(line) ? text(line) : nil
    }

    private func fits(_ line: FunctionLines.Line) -> Bool {
        if let since, line.at < since { return false }
        return instance == nil || instance == String(line.process)
    }

    private func text(_ line: FunctionLines.Line) -> [UInt8] {
        let json: JSONValue = [
            "name": .string(name), "namespace": .string(namespace), "instance": .string(String(line.process)),
            "timestamp": .string(line.at.description), "text": .string(String(decoding: line.text, as: UTF8.self)),
        ]
        return json.text + [UInt8(ascii: "\n")]
    }

    private static func tail(_ text: String?) throws(Problem) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text) else { throw .invalid("The parameter tail must be a whole number.") }
        return number > 0 ? number : nil
    }

    private static func since(_ text: String?) throws(Problem) -> Timestamp? {
        guard let text else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw .invalid("The parameter since must be an RFC 3339 time.")
        }
        return time
    }
}
