import Runtime
import Wire

/// Answers the content it got, and counts its calls in a header.
struct CountingFunction: FunctionHandler {
    private var calls = 0

    init() {}
    init(environment: FunctionEnvironment) throws(SetUpFailure) {}

    mutating func answer(_ request: Request, _ context: Context) throws -> Answer {
        calls += 1
        return Answer(headers: [HeaderField("calls", "\(calls)")], body: request.invocation.body)
    }
}

/// Fails in the way that the request's path names.
struct FailingFunction: FunctionHandler {
    init() {}
    init(environment: FunctionEnvironment) throws(SetUpFailure) {}

    mutating func answer(_ request: Request, _ context: Context) throws -> Answer {
        switch request.segments.first {
        case "own": throw FunctionFailure.notFound
        case "foreign": throw Mishap(secret: "hunter2")
        case "known": throw KnownMishap()
        default: return Answer()
        }
    }
}

struct Mishap: Error {
    let secret: String
}

struct KnownMishap: FailureConvertible {
    var functionFailure: FunctionFailure? { .unavailable(retryAfter: 3) }
}
