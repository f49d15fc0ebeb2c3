import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import JSON
import Platform
import Primitives
import Wire

/// Calls that are made later: stored by the internal function queue-calls, and made by whichever gateway leases them.
///
/// A call is made at least once: one whose gateway ended before it could say what became of it is leased again.
final class AsyncCalls {
    /// Bytes of content that are stored, whatever the function takes; as base64 they must fit into the queue's limit.
    static let bodyLimit = 2 << 20
    /// Calls that are made at one time.
    private static let mostAtOnce = 16
    /// Seconds that a lease lasts beyond the longest call.
    private static let leaseReserve = 15
    /// Looks, one each second, between two questions for the queue's depth.
    private static let depthInterval = 10

    private let loop: EventLoop
    private let log: GatewayLog
    private let caller: InternalCaller
    private let registry: FunctionRegistry
    private var inFlight = 0
    private var isLeasing = false
    private var looksAgain = false
    private var isStopped = false
    private var looks = 0

    init(loop: EventLoop, log: GatewayLog, caller: InternalCaller, registry: FunctionRegistry) {
        self.loop = loop
        self.log = log
        self.caller = caller
        self.registry = registry
    }

    /// Begins to look for calls that are due.
    func start() {
        loop.every(milliseconds: 1_000) { [weak self] in self?.turn() ?? false }
    }

    /// Takes no more calls; those that are being made are settled.
    func stop() {
        isStopped = true
    }

    /// Stores a call; answers 202 once that is certain, 503 where it is not.
    func store(_ call: AsyncCall, _ answer: PendingAnswer) {
        guard let queue else { return answer.answer(Self.away.response(callID: call.id)) }
        caller.call(queue, "POST", "/calls", body: call.json.text) { [weak self] reply in
            guard reply?.status == 201 else { return answer.answer(Self.away.response(callID: call.id)) }
            answer.answer(SystemAPI.json(nil, call.id, status: 202))
            self?.lease()
        }
    }

    private static let away = Problem.away("The call could not be stored, so it will not be made; try again later.")

    private var queue: FunctionEntry? { registry.entries["queue-calls"] }

    private func turn() -> Bool {
        guard !isStopped else { return false }
        lease()
        askForDepth()
        return true
    }

    /// The queue's depth and age are told as figures in the answer.
    private func askForDepth() {
        looks += 1
        guard looks % Self.depthInterval == 1, let queue, hasCallees else { return }
        caller.call(queue, "GET", "/depth") { _ in }
    }

    private var hasCallees: Bool { registry.entries.values.contains { $0.definition.settings.allowsAsync } }
}

// MARK: - Making calls

extension AsyncCalls {
    /// Takes as many due calls as there is room for.
    private func lease() {
        let room = Self.mostAtOnce - inFlight
        guard !isStopped, room > 0, hasCallees, let queue else { return }
        guard !isLeasing else { return looksAgain = true }
        isLeasing = true
        looksAgain = false
        let body = JSONValue.object(
            JSONObject([("limit", .integer(Int64(room))), ("leaseSeconds", .integer(leaseSeconds))]))
        caller.call(queue, "POST", "/calls/lease", body: body.text) { [weak self] reply in
            guard let self else { return }
            isLeasing = false
            let calls = reply.map(LeasedCall.all(in:)) ?? []
            for call in calls { make(call) }
            if looksAgain || calls.count == room { lease() }
        }
    }

    /// Long enough for the slowest function that may be called so, and its wait for a worker.
    private var leaseSeconds: Int64 {
        let longest = registry.entries.values.filter {
            $0.definition.settings.allowsAsync || $0.definition.name == Callback.function
        }.map { entry in
            let settings = entry.definition.settings
            return settings.execTimeout == 0 ? 3_600_000 : settings.execTimeout + settings.queueWait
        }
        return Int64(min(86_400, (longest.max() ?? 0) / 1000 + Self.leaseReserve))
    }

    private func make(_ call: LeasedCall) {
        inFlight += 1
        let begun = Instant.now
        guard let entry = registry.entries[call.function] else { return made(call, nil, .failed, begun) }
        let isCallback = call.function == Callback.function
        guard entry.definition.settings.allowsAsync || isCallback else { return made(call, nil, .impossible, begun) }
        caller.send(call.frame, to: entry) { [weak self] reply in
            if isCallback {
                self?.settle(call, Self.delivery(reply), reply?.status)
            } else {
                self?.made(call, reply, Self.outcome(reply), begun)
            }
        }
    }

    /// The function has answered, or is not tried again: what its caller wants to know is on its way before the call is
    /// settled.
    private func made(_ call: LeasedCall, _ reply: Reply?, _ outcome: Outcome, _ begun: Instant) {
        let microseconds = Int((Instant.now.nanoseconds - begun.nanoseconds) / 1000)
        guard outcome != .failed || call.isLast, let queue,
            let callback = Callback(call, reply ?? Reply(status: 502), microseconds: microseconds)
        else { return settle(call, outcome, reply?.status) }
        guard callback.fits else {
            log.say("callback.too-large", ("callId", call.id), ("function", call.function))
            return settle(call, .impossible, reply?.status)
        }
        caller.call(queue, "POST", "/calls", body: callback.json.text) { [weak self] stored in
            self?.settle(call, stored?.status == 201 ? outcome : .failed, reply?.status)
            self?.lease()
        }
    }

    /// What became of a callback: whoever may not have it will not be asked again.
    private static func delivery(_ reply: Reply?) -> Outcome {
        guard let reply else { return .failed }
        if reply.status < 300 { return .done }
        return reply.status < 500 && reply.status != 429 ? .impossible : .failed
    }

    /// Whether the answer of a call may go to an address; a problem where it may not.
    func refusal(ofCallback address: String) -> Problem? {
        let listed = registry.entries[Callback.function]?.definition.environment[CallbackHosts.variable]
        guard let permission = CallbackHosts(listed ?? "").permission(for: address) else {
            return .invalid(
                "X-Callback-Url must be an http or https address with a host, and without user or fragment.")
        }
        return permission == .none ? .callbackNotAllowed : nil
    }

    private enum Outcome: String {
        case done
        case failed
        case impossible
    }

    /// An answer that says to try again, or none, is a failure; any other is the call's end.
    private static func outcome(_ reply: Reply?) -> Outcome {
        guard let reply, reply.status < 500, reply.status != 429, reply.status != 408 else { return .failed }
        return .done
    }

    private func settle(_ call: LeasedCall, _ outcome: Outcome, _ status: UInt16?) {
        inFlight -= 1
        log.say(
            "async", ("callId", call.id), ("function", call.function), ("outcome", outcome.rawValue),
            ("status", status.map(String.init) ?? "none"))
        guard let queue else { return }
        var body = JSONObject([("lease", .string(call.lease)), ("outcome", .string(outcome.rawValue))])
        if let status { body.append("status", .integer(Int64(status))) }
        caller.call(queue, "POST", "/calls/\(call.id)/settle", body: JSONValue.object(body).text) { [weak self] reply in
            if reply?.status != 200 { self?.log.say("async.unsettled", ("callId", call.id)) }
        }
        if inFlight == Self.mostAtOnce - 1 { lease() }
    }
}
