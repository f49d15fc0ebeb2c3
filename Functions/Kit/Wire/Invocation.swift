/// A header field; names are kept in lower case.
public struct HeaderField: Hashable, Sendable {
    /// The field's name, in lower case.
    public let name: String
    /// The field's value, without white space around it.
    public let value: String

    /// Makes a field; `name` must already be in lower case.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// One call of a function: what the gateway sends to a warm worker, or a watchdog to a process of its own.
public struct Invocation: Equatable, Sendable {
    /// Names the call in logs, answers and audit events (`X-Call-Id`).
    public var callID = ""
    /// The request method, as received.
    public var method = "POST"
    /// What follows the function's name in the path, percent-encoded, beginning with `/`.
    public var path = "/"
    /// What follows `?`, percent-encoded; `nil` where there was none.
    public var query: String?
    /// The caller's address as the gateway believes it, without a port.
    public var clientAddress = ""
    /// The request's fields, one entry each; hop-by-hop fields and names with an underscore have been left out.
    public var headers: [HeaderField] = []
    /// Nanoseconds of `CLOCK_MONOTONIC` by which the answer must be there; 0 where there is no limit.
    public var deadline: UInt64 = 0
    /// True where the gateway itself calls; no request from outside can set it.
    public var isInternal = false
    /// The request's content.
    public var body: [UInt8] = []

    /// An empty POST to `/`.
    public init() {}

    /// The value of the first field of that (lower-case) name.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}
