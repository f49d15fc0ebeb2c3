public import JSON
import Wire

/// One method and path of a function, and what answers it.
public struct Route<Handler>: Sendable {
    let method: String
    let pattern: [String]
    let parameters: Set<String>
    let isOpen: Bool
    let body: @Sendable (inout Handler, Request, Context) throws -> Answer

    /// A route; `{name}` in the path captures one segment, `parameters` are the query's known names, and an open one
    /// does not ask who is calling.
    public init(
        _ method: String, _ path: String, parameters: Set<String> = [], isOpen: Bool = false,
        _ body: @escaping @Sendable (inout Handler, Request, Context) throws -> Answer
    ) {
        self.method = method
        pattern = path.split(separator: "/").map(String.init)
        self.parameters = parameters
        self.isOpen = isOpen
        self.body = body
    }

    /// A route whose content is read before anything else happens.
    public init<Content: JSONReadable & SendableMetatype>(
        _ method: String, _ path: String, reading _: Content.Type,
        _ body: @escaping @Sendable (inout Handler, Content, Request, Context) throws -> Answer
    ) {
        self.init(method, path) { handler, request, context in
            try body(&handler, request.content(as: Content.self), request, context)
        }
    }

    func captures(in segments: [String]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var captures: [String: String] = [:]
        for (part, segment) in zip(pattern, segments) {
            if part.hasPrefix("{"), part.hasSuffix("}") {
                captures[String(part.dropFirst().dropLast())] = segment
            } else if part != segment {
                return nil
            }
        }
        return captures
    }
}

/// A function that answers by method and path; the first route that fits is taken.
public protocol RoutedFunction: FunctionHandler {
    /// The function's routes; where several paths fit, the one with the fewest placeholders is meant.
    static var routes: [Route<Self>] { get }

    /// Throws 401 unless the caller has proven who he is; asked before the query of a route that is not open is
    /// refused. Does nothing in a function that anyone may call.
    func identify(_ request: Request, _ context: Context) throws
}

extension RoutedFunction {
    /// Finds the route: 404 for an unknown path, 405 for a method it does not know; HEAD is answered as GET.
    public mutating func answer(_ request: Request, _ context: Context) throws -> Answer {
        let method = request.invocation.method == "HEAD" ? "GET" : request.invocation.method
        let candidates = Self.routes.compactMap { route in route.captures(in: request.segments).map { (route, $0) } }
        guard let first = candidates.min(by: { $0.1.count < $1.1.count }) else { throw FunctionFailure.notFound }
        let samePath = candidates.filter { $0.0.pattern == first.0.pattern }
        guard let (route, captures) = samePath.first(where: { $0.0.method == method }) else {
            throw FunctionFailure.methodNotAllowed(allowed: allowed(samePath.map(\.0.method)))
        }
        var request = request
        request.captures = captures
        do {
            request.parameters = try QueryString.parse(request.invocation.query, known: route.parameters)
        } catch {
            if !route.isOpen { try identify(request, context) }
            throw error
        }
        return try route.body(&self, request, context)
    }

    /// Asks nobody.
    public func identify(_: Request, _: Context) {}

    private func allowed(_ methods: [String]) -> [String] {
        methods.contains("GET") ? methods + ["HEAD"] : methods
    }
}
