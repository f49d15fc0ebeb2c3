public import JSON
public import Wire

/// A request as a handler sees it.
public struct Request: Sendable {
    /// What the gateway or a watchdog sent.
    public let invocation: Invocation
    /// The parts between the slashes of the path, percent-decoded.
    public let segments: [String]
    /// The values that the matched route's placeholders stand for, by their names.
    public internal(set) var captures: [String: String] = [:]
    /// The query's parameters, percent-decoded; none twice.
    public internal(set) var parameters: [String: String] = [:]

    /// Takes the path apart; throws where it is not percent-encoded UTF-8.
    public init(_ invocation: Invocation) throws(FunctionFailure) {
        self.invocation = invocation
        var segments: [String] = []
        for part in invocation.path.split(separator: "/", omittingEmptySubsequences: true) {
            guard let segment = PercentEncoding.decode(part) else { throw .notFound }
            segments.append(segment)
        }
        self.segments = segments
    }

    /// The content as a `Value`; 415 for another media type, 400 for what is not one.
    public func content<Value: JSONReadable>(
        as _: Value.Type = Value.self, mediaTypes: [String] = ["application/json"]
    ) throws(FunctionFailure) -> Value {
        try requireMediaType(mediaTypes)
        do {
            return try Value(json: JSONValue(parsing: invocation.body))
        } catch {
            throw .invalidRequest(error)
        }
    }

    /// The content as it came; 415 for another media type.
    public func bytes(mediaType: String) throws(FunctionFailure) -> [UInt8] {
        try requireMediaType([mediaType])
        return invocation.body
    }

    private func requireMediaType(_ accepted: [String]) throws(FunctionFailure) {
        let field = invocation.header("content-type") ?? ""
        let parts = field.split(separator: ";").map { $0.trimmingSpaces.lowercased() }
        guard let type = parts.first, accepted.contains(type) else { throw .unsupportedMediaType(accepted) }
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            guard ["charset=utf-8", "charset=\"utf-8\""].contains(parameter) else {
                throw .unsupportedMediaType(accepted)
            }
        }
    }
}

extension Substring {
    var trimmingSpaces: Substring {
        drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed().reduce(into: "") {
            $0.append($1)
        }
    }
}
