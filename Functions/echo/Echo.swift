import Runtime
import Wire

/// Answers any method with the content it got, as it came.
@main
struct Echo: FunctionHandler {
    init(environment: FunctionEnvironment) throws(SetUpFailure) {}

    mutating func answer(_ request: Request, _ context: Context) throws -> Answer {
        let type = request.invocation.header("content-type") ?? "application/octet-stream"
        let fields = [HeaderField("content-type", type), HeaderField("x-content-type-options", "nosniff")]
        return Answer(headers: fields, body: request.invocation.body)
    }
}
