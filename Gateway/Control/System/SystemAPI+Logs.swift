import GatewayHTTP
import GatewayStack
import Wire

extension SystemAPI {
    private static let type = "application/x-ndjson"

    /// Sends a function's lines, and goes on with those to come where that is asked for.
    func logs(_ query: QueryParameters, _ answer: PendingAnswer, _ callID: String) throws(Problem) {
        guard let name = query["name"] else { throw .invalid("The parameter name is missing.") }
        let entry = try entry(name, query["namespace"])
        let asked = try LogQuery(query, of: entry)
        let lines = log.functions
        let response = Self.response(asked.present(lines.lines(of: entry.definition.name)), Self.type, callID)
        guard asked.follows else { return answer.answer(response) }
        guard lines.hasRoom else { throw .overloaded(retryAfter: 10) }
        guard let stream = answer.stream(response) else { return }
        lines.follow(entry.definition.name, stream, asked.render)
    }

    /// Passes a question about queued calls on to the function that keeps them.
    func calls(
        _ method: String, _ path: String, query: String?, _ answer: PendingAnswer, _ callID: String
    ) throws(Problem) {
        guard let queue = registry.entries["queue-calls"] else { throw .notFound }
        pass(queue, method, path, query: query, answer, callID)
    }

    /// Passes a question on to a function, and its answer back.
    func pass(
        _ entry: FunctionEntry, _ method: String, _ path: String, query: String?, _ answer: PendingAnswer,
        _ callID: String
    ) {
        caller.call(entry, method, path, query: query) { reply in
            guard let reply else {
                let problem = Problem.away("What keeps this cannot be reached at the moment.")
                return answer.answer(problem.response(callID: callID))
            }
            let type = reply.headers.first { $0.name == "content-type" }?.value
            answer.answer(Self.response(reply.body, type, callID, status: Int(reply.status)))
        }
    }
}
