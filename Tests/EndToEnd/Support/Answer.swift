import Foundation
import JSON

/// An HTTP answer as it came over the wire.
struct Answer: Sendable {
    let status: Int
    /// Names in lower case.
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }

    /// The last part of the problem's type.
    var slug: String? {
        json["type"].string.flatMap { $0.hasPrefix(Self.problem) ? String($0.dropFirst(Self.problem.count)) : nil }
    }

    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// All that a caller can tell two answers apart by, but for the call's id, times, and when to try again.
    var likeness: [String] {
        let varying: Set = ["x-call-id", "date", "x-start-time", "x-duration-seconds", "retry-after"]
        let kept = fields.filter { !varying.contains($0.name) }.map { "\($0.name): \($0.value)" }
        return ["\(status)"] + kept + [text]
    }

    private static let problem = "urn:passerelle:problem:"
}

extension Answer: CustomStringConvertible {
    var description: String { "\(status) \(text.prefix(400))" }
}

extension JSONValue {
    subscript(name: String) -> JSONValue {
        guard case .object(let object) = self else { return .null }
        return object[name] ?? .null
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var integer: Int64? {
        guard case .integer(let integer) = self else { return nil }
        return integer
    }

    var strings: [String] {
        guard case .array(let elements) = self else { return [] }
        return elements.compactMap(\.string)
    }

    var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    var names: [String] {
        guard case .object(let object) = self else { return [] }
        return object.members.map(\.name)
    }
}
