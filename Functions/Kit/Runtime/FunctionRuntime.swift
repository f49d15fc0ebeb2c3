import Glibc
import JSON
import Platform
import Wire

/// Runs a function in its process: once, or warm until the gateway hangs up.
public enum FunctionRuntime {
    static let defaultBodyLimit = 64 << 10

    /// Chooses the source by `FUNCTION_MODE`, sets the function up, serves it, and exits.
    public static func run<Handler: FunctionHandler>(_: Handler.Type) -> Never {
        signal(SIGPIPE, SIG_IGN)
        let isTemplate = ProcessEnvironment.value(FunctionMode.variable) == FunctionMode.template.rawValue
        if isTemplate { ProcessEnvironment.set(FunctionMode.variable, to: FunctionMode.startedAhead.rawValue) }
        let environment = FunctionEnvironment(variables: ProcessEnvironment.variables)
        if isTemplate { becomeCopy(environment) }
        ProcessEnvironment.wipe("Http_Authorization")
        ProcessEnvironment.wipe("Http_Cookie")
        do {
            exit(try serve(Handler.self, environment))
        } catch let failure as SetUpFailure {
            say(failure.sentence)
            exit(failure.exitStatus)
        } catch {
            say("\(error)")
            exit(70)
        }
    }

    private static func serve<Handler: FunctionHandler>(
        _: Handler.Type, _ environment: FunctionEnvironment
    ) throws -> Int32 {
        let bodyLimit = try environment.size("max_body", default: defaultBodyLimit)
        let handler: Handler
        switch FunctionMode(rawValue: environment.variables[FunctionMode.variable] ?? "") {
        case .warm:
            var source = try WarmSource(bodyLimit: bodyLimit)
            handler = try Handler(environment: environment)
            return try answerAll(from: &source, with: handler, environment) < 600 ? 0 : 70
        case .startedAhead:
            var source = StartedAheadSource(try WarmSource(bodyLimit: bodyLimit))
            handler = try Handler(environment: environment)
            return try answerAll(from: &source, with: handler, environment) < 600 ? 0 : 70
        case .check:
            try Handler(environment: environment).checkSettings()
            return 0
        case .template, nil: break
        }
        var source = OneShotSource(variables: environment.variables, bodyLimit: bodyLimit)
        handler = try Handler(environment: environment)
        return try answerAll(from: &source, with: handler, environment) < 500 ? 0 : 1
    }

    /// The loop: invocation in, reply out, until there is no other; answers the last reply's status.
    static func answerAll<Source: InvocationSource & ~Copyable, Handler: FunctionHandler>(
        from source: inout Source, with handler: Handler, _ environment: FunctionEnvironment
    ) throws(SourceFailure) -> UInt16 {
        var handler = handler
        var held = HeldReplies()
        var status: UInt16 = 200
        while true {
            if !held.isEmpty, held.areDue || handler.isSettled || !source.waiting.areThere {
                try source.send(settled(&held, with: &handler, environment))
            }
            var invocation: Invocation?
            let reply: Reply
            do {
                invocation = try source.next()
                guard let invocation else {
                    if !held.isEmpty { try source.send(settled(&held, with: &handler, environment)) }
                    return status
                }
                let deadline = held.isEmpty ? nil : held.deadline
                reply = answer(invocation, with: &handler, environment, source.waiting, within: deadline)
            } catch .tooLarge {
                reply = FunctionFailure.tooLarge.answer.reply
            } catch {
                if !held.isEmpty { try source.send(settled(&held, with: &handler, environment)) }
                throw error
            }
            status = reply.status
            if held.isEmpty, handler.isSettled {
                try source.send([reply])
            } else {
                held.append(reply, to: invocation, isSettled: handler.isSettled)
            }
        }
    }

    /// The replies that were held, once what they say is settled.
    private static func settled<Handler: FunctionHandler>(
        _ held: inout HeldReplies, with handler: inout Handler, _ environment: FunctionEnvironment
    ) -> [Reply] {
        do {
            if !handler.isSettled { try handler.settle() }
        } catch {
            Log(callID: "").write(.warning, "calls.unsettled", JSONObject([("cause", .string("\(error)"))]))
            held.replace { answer($0, with: &handler, environment, .none) }
        }
        return held.take()
    }

    /// One invocation's reply; never throws, whatever the handler does.
    static func answer<Handler: FunctionHandler>(
        _ invocation: Invocation, with handler: inout Handler, _ environment: FunctionEnvironment,
        _ waiting: WaitingCalls = .none, within limit: Instant? = nil
    ) -> Reply {
        let log = Log(callID: invocation.callID)
        let deadline = invocation.deadline == 0 ? nil : Instant(nanoseconds: invocation.deadline)
        let context = Context(
            callID: invocation.callID, clientAddress: invocation.clientAddress,
            deadline: limit.map { min($0, deadline ?? $0) } ?? deadline,
            isInternal: invocation.isInternal, clock: environment.clock, random: environment.random, log: log,
            waiting: waiting)
        do {
            return try handler.answer(Request(invocation), context).reply
        } catch let failure as FunctionFailure {
            return failure.answer.reply
        } catch {
            log.write(.error, "call.failed", JSONObject([("cause", .string("\(error)"))]))
            let failure = (error as? any FailureConvertible)?.functionFailure ?? .internalError
            return failure.answer.reply
        }
    }

    /// Waits for orders as a template; returns in each copy, which is for one call.
    private static func becomeCopy(_ environment: FunctionEnvironment) {
        Rehearsal.perform(environment)
        do {
            guard case .template = try Template.copyOnOrder() else { return }
            exit(0)
        } catch {
            say("\(error)")
            exit(71)
        }
    }

    private static func say(_ sentence: String) {
        let bytes = Array((sentence + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}

extension Answer {
    var reply: Reply {
        Reply(status: status, headers: headers, body: body)
    }
}

extension FunctionHandler {
    /// The executable's entry.
    public static func main() {
        FunctionRuntime.run(Self.self)
    }
}
