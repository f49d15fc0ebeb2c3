import Installation
import JSON
import Primitives
import Runtime
import SystemStore

extension QueueCalls {
    /// 201 once the call is stored durably; the same call again is the same answer.
    func store(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let new: CallRequest = try request.content()
        try calls.store(new.call(at: context.now))
        return Answer.json(["callId": .string(new.id.text)], status: 201)
    }

    /// Hands out due calls, whole, each with the lease to settle it by.
    func lease(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let asked: LeaseRequest = try request.content()
        let taken = try calls.take(
            Int(asked.limit.number), for: .seconds(asked.leaseSeconds.number), at: context.now)
        return Answer.json(["calls": .array(taken.map(\.whole))])
    }

    /// Ends a call or puts it off; 409 where the lease is not the present one.
    func settle(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let settled: SettleRequest = try request.content()
        let id = request.captures["callId"] ?? ""
        let status: QueuedCall.Status?
        switch settled.outcome {
        case .done:
            status = try calls.finish(id, settled.lease, status: settled.status, at: context.now) ? .done : nil
        case .failed, .impossible:
            status = try calls.fail(
                id, settled.lease, status: settled.status, isFinal: settled.outcome == .impossible, at: context.now)
        }
        guard let status else { throw FunctionFailure.notHeld }
        let answer = Answer.json(["status": .string(status.rawValue)])
        return status == .dead ? answer.counting("call_dead") : answer
    }

    /// The calls of one status, the dead ones if none is named.
    func list(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let name = request.parameters["status"] ?? QueuedCall.Status.dead.rawValue
        guard let status = QueuedCall.Status(rawValue: name) else {
            throw FunctionFailure.invalidRequest(detail: "The parameter status must be waiting, done or dead.")
        }
        let page = try Page(request, of: "calls:" + name, for: nil, installation)
        let after = page.after.map { String(decoding: $0, as: UTF8.self) }
        let found = try calls.list(status, after: after, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        let next = found.count > page.limit ? shown.last.map { Array($0.id.utf8) } : nil
        return Answer.json(page.answer("calls", shown.map(\.summary), next: next, installation))
    }

    /// One call, without its content.
    func show(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        guard let call = try calls.call(request.captures["callId"] ?? "") else { throw FunctionFailure.notFound }
        return Answer.json(call.summary)
    }

    /// Makes a dead call due again; 409 for one that is not dead.
    func retry(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let id = request.captures["callId"] ?? ""
        let isRevived = try calls.revive(id, at: context.now)
        guard let call = try calls.call(id) else { throw FunctionFailure.notFound }
        guard isRevived else { throw FunctionFailure.notDead }
        return Answer.json(call.summary)
    }

    /// How many calls wait, since when, and how many are dead.
    func depth(_ request: Request, _ context: Context) throws -> Answer {
        try begin(request, context)
        let depth = try calls.depth()
        let age = depth.oldest.map { max(0, context.now.seconds - $0.seconds) } ?? 0
        return Answer.json([
            "waiting": .integer(Int64(depth.waiting)), "dead": .integer(Int64(depth.dead)),
            "oldestSeconds": .integer(age),
        ]).gauging("queued_calls", Int64(depth.waiting)).gauging("queued_calls_oldest_seconds", age)
            .gauging("dead_calls", Int64(depth.dead))
    }
}

extension FunctionFailure {
    /// 409: another worker has the call, or it has ended.
    static let notHeld = FunctionFailure(
        409, "conflict", title: "Conflict", detail: "The call is not under this lease any more.")

    /// 409: only what has failed for good is tried again by hand.
    static let notDead = FunctionFailure(
        409, "conflict", title: "Conflict", detail: "The call waits to be made, or was made.")
}

extension QueuedCall {
    /// The call as those see it who look after the queue.
    var summary: JSONValue {
        .object(JSONObject(members))
    }

    /// The call as the one gets it who makes it.
    var whole: JSONValue {
        .object(
            JSONObject(
                members + [
                    ("lease", lease.map { .string($0.description) } ?? .null), ("isLast", .bool(left <= 0)),
                    ("clientAddress", .string(clientAddress)), ("query", query.map(JSONValue.string) ?? .null),
                    ("callbackUrl", callbackURL.map(JSONValue.string) ?? .null),
                    (
                        "headers",
                        .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] })
                    ),
                    ("body", .string(Base64.standard.encode(body))),
                ]))
    }

    private var members: [(String, JSONValue)] {
        [
            ("callId", .string(id)), ("function", .string(function)), ("method", .string(method)),
            ("path", .string(path)), ("status", .string(status.rawValue)), ("attempts", .integer(attempts)),
            ("maxAttempts", .integer(maxAttempts)), ("acceptedAt", .string(acceptedAt.description)),
            ("lastStatus", lastStatus.map(JSONValue.integer) ?? .null),
            ("endedAt", endedAt.map { .string($0.description) } ?? .null),
        ]
    }
}
