public import JSON
public import Wire

/// An error that the caller is told of, as a problem document (RFC 9457).
public struct FunctionFailure: Error, Equatable, Sendable {
    /// The HTTP status.
    public var status: UInt16
    /// The last part of the problem's type, `urn:passerelle:problem:<slug>`.
    public var slug: String
    /// What kind of problem it is, the same for every one of its type.
    public var title: String
    /// What was wrong this time; names nothing internal.
    public var detail: String
    /// The fields at fault.
    public var errors: [JSONError] = []
    /// Header fields to send along.
    public var headers: [HeaderField] = []
    /// Members of the document beyond the standard's.
    public var members = JSONObject()

    /// Makes a failure of a type of its own.
    public init(
        _ status: UInt16, _ slug: String, title: String, detail: String,
        headers: KeyValuePairs<String, String> = [:]
    ) {
        self.status = status
        self.slug = slug
        self.title = title
        self.detail = detail
        self.headers = headers.map { HeaderField($0.key, $0.value) }
    }

    /// The failure as an answer; none of them may be stored by a cache.
    public var answer: Answer {
        var document = JSONObject([
            ("type", .string("urn:passerelle:problem:" + slug)), ("title", .string(title)),
            ("status", .integer(Int64(status))), ("detail", .string(detail)),
        ])
        if !errors.isEmpty { document.append("errors", .array(errors.map(\.problem))) }
        for member in members.members { document.append(member.name, member.value) }
        let fields = [
            HeaderField("content-type", "application/problem+json"), HeaderField("cache-control", "no-store"),
        ]
        return Answer(status: status, headers: fields + headers, body: JSONValue.object(document).text)
    }
}

extension JSONError {
    var problem: JSONValue {
        ["pointer": .string(pointer), "detail": .string(detail)]
    }
}
