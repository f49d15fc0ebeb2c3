/// A header field of a request or an answer.
public struct HTTPField: Equatable, Sendable {
    /// The field's name; in answers in lower case.
    public let name: String
    /// The field's value, without the space around it.
    public let value: String

    /// Names a value.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A request to send.
public struct HTTPRequest: Sendable {
    /// What is sent as content.
    public enum Body: Sendable {
        /// Nothing.
        case none
        /// Bytes in memory.
        case bytes([UInt8])
        /// That many bytes of an open file, from its present position on.
        case file(descriptor: CInt, count: Int64)
    }

    /// The method, in upper case.
    public var method: String
    /// The address, `http:` or `https:`.
    public var url: String
    /// The header fields; `Host` and `Content-Length` come by themselves.
    public var headers: [HTTPField]
    /// The content.
    public var body: Body
    /// For how long a connection is tried, in milliseconds.
    public var connectTimeout = 5000
    /// How long the whole may take, in milliseconds.
    public var timeout = 10_000
    /// How many bytes the answer's content may have.
    public var answerLimit = 64 << 10
    /// Whether only a public address is connected to, whatever the host's name stands for.
    public var isPublicOnly = false
    /// An open file that takes the answer's content; `nil` to keep it in memory.
    public var answerFile: CInt?

    /// Describes a request.
    public init(_ method: String, _ url: String, headers: [HTTPField] = [], body: Body = .none) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// An answer, of whatever status.
public struct HTTPReply: Equatable, Sendable {
    /// The status code.
    public let status: Int
    /// The header fields, in order.
    public let headers: [HTTPField]
    /// The content, unless it went into a file.
    public let body: [UInt8]

    /// The value of the first field of that name, which must be in lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

extension HTTPReply {
    /// Takes the header lines apart; what comes before the last status line belonged to interim answers.
    init(status: Int, head: [UInt8], body: [UInt8]) {
        var fields: [HTTPField] = []
        for line in head.split(whereSeparator: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) {
            if line.starts(with: Array("HTTP/".utf8)) { fields = [] }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            fields.append(HTTPField(name, String(decoding: line[(colon + 1)...].trimmingSpaces, as: UTF8.self)))
        }
        self.status = status
        self.body = body
        headers = fields
    }
}

extension ArraySlice<UInt8> {
    var trimmingSpaces: ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        var rest = drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }
}
