import JSON
import Platform
import Primitives
import Runtime
import Wire

/// Calls functions as the gateway does.
struct Caller: Sendable {
    let clock: HeldClock

    /// Calls a function as the gateway does.
    @discardableResult
    func call<Function: FunctionHandler>(
        _ function: inout Function, _ method: String = "POST", _ path: String = "/", _ content: JSONValue? = nil,
        isInternal: Bool = true
    ) throws -> JSONValue {
        var invocation = Invocation()
        invocation.method = method
        invocation.path = path
        if let content {
            invocation.headers = [HeaderField("content-type", "application/json")]
            invocation.body = content.text
        }
        let parts = path.split(separator: "?", maxSplits: 1)
        if parts.count == 2 {
            invocation.path = String(parts[0])
            invocation.query = String(parts[1])
        }
        let context = Context(
            callID: "test", clientAddress: "", isInternal: isInternal, clock: clock, random: SystemRandom(),
            log: Log(callID: "test"))
        let answer = try function.answer(Request(invocation), context)
        return answer.body.isEmpty ? .null : try JSONValue(parsing: answer.body)
    }
}
