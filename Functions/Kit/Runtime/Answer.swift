public import JSON
public import Wire

/// What a handler answers.
public struct Answer: Equatable, Sendable {
    /// The HTTP status.
    public var status: UInt16
    /// The header fields, names in lower case.
    public var headers: [HeaderField]
    /// The content.
    public var body: [UInt8]

    /// Makes an answer of bytes.
    public init(status: UInt16 = 200, headers: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// JSON content.
    public static func json(_ value: JSONValue, status: UInt16 = 200) -> Answer {
        Answer(status: status, headers: [HeaderField("content-type", "application/json")], body: value.text)
    }

    /// 204, without content.
    public static let noContent = Answer(status: 204)

    /// The same answer, marked as carrying a secret: no cache keeps it, no page passes it on.
    public func keptSecret() -> Answer {
        var answer = self
        answer.headers += [
            HeaderField("cache-control", "no-store"), HeaderField("pragma", "no-cache"),
            HeaderField("referrer-policy", "no-referrer"), HeaderField("x-content-type-options", "nosniff"),
        ]
        return answer
    }

    /// The same answer with one more field.
    public func adding(_ name: String, _ value: String) -> Answer {
        var answer = self
        answer.headers.append(HeaderField(name, value))
        return answer
    }
}
