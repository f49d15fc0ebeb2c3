import Glibc
import Platform
import Wire

/// A call by nobody, of a function that does nothing, over the way that real calls take: what Swift looks up once in a
/// process is known in every copy of one that has rehearsed.
struct Rehearsal: FunctionHandler {
    init(environment: FunctionEnvironment) {}

    func answer(_ request: Request, _ context: Context) -> Answer {
        Answer(headers: [HeaderField("content-type", request.invocation.header("content-type") ?? "")], body: [0])
    }

    /// Rehearses one call; that it fails has no consequence.
    static func perform(_ environment: FunctionEnvironment) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return }
        let input = Descriptor(owning: ends[0])
        let output = Descriptor(owning: ends[1])
        var invocation = Invocation()
        invocation.headers = [HeaderField("content-type", "text/plain")]
        try? output.writeAll(invocation.frame())
        var frames = StartedAheadSource(WarmSource(input: input, output: output, bodyLimit: 1))
        _ = try? FunctionRuntime.answerAll(from: &frames, with: Rehearsal(environment: environment), environment)
    }
}
