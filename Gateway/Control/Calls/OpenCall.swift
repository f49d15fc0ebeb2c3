import GatewayHTTP
import GatewayWorkers
import Platform
import Wire

/// A request that waits for a function's answer.
final class OpenCall: CallOwner {
    private let callID: String
    private let started: Instant
    private let startTime: String
    private let metrics: Metrics
    private let figures: FunctionFigures
    private var responder: Responder?
    /// What it takes to hold the call, where its function may ask for that.
    private let holding: Holding?

    /// Who holds calls, and what it takes to make this one again.
    struct Holding {
        let holds: Holds
        let entry: FunctionEntry
        let frame: [UInt8]
    }

    init(
        callID: String, started: Instant, startTime: String, metrics: Metrics, figures: FunctionFigures,
        holding: Holding?, responder: consuming Responder
    ) {
        self.holding = holding
        self.metrics = metrics
        self.figures = figures
        self.callID = callID
        self.started = started
        self.startTime = startTime
        self.responder = consume responder
    }

    var isGone: Bool { responder?.isClientGone ?? true }

    func completed(_ outcome: consuming CallOutcome) {
        guard let responder = responder.take() else { return }
        if case .reply(let reply) = outcome {
            figures.ended(Int(reply.status), seconds: Double(microseconds) / 1e6)
            if let holding, reply.status == 200, reply.headers.contains(where: { $0.name == GripHold.field }) {
                hold(reply, holding, responder.held())
            } else {
                responder.answer(response(reply))
            }
        } else if let problem = Problem(outcome) {
            figures.ended(problem.status, seconds: Double(microseconds) / 1e6)
            var response = problem.response(callID: callID)
            addTiming(to: &response.headers)
            responder.answer(response)
        }
    }

    private func hold(_ reply: Reply, _ holding: Holding, _ answer: PendingAnswer) {
        guard let hold = GripHold(reply) else {
            let problem = Problem.workerFailed("The function did not answer in the way that was agreed.")
            return answer.answer(problem.response(callID: callID))
        }
        let call = HeldCall(entry: holding.entry, frame: holding.frame, metrics: metrics) { self.response($0) }
        holding.holds.hold(hold, call, response(reply), answer)
    }

    private func response(_ reply: Reply) -> Response {
        var fields: [HTTPField] = []
        fields.reserveCapacity(reply.headers.count + 3)
        for field in reply.headers {
            if FieldFilter.passesOut(field.name) {
                fields.append(HTTPField(field.name, field.value))
            } else if field.name == FieldFilter.metrics {
                metrics.take(field.value)
            }
        }
        fields.append(HTTPField("X-Call-Id", callID))
        addTiming(to: &fields)
        var response = Response(status: Int(reply.status), headers: fields, body: reply.body)
        response.note = callID
        return response
    }

    private var microseconds: Int {
        let now = Instant.now.nanoseconds
        return now > started.nanoseconds ? Int((now - started.nanoseconds) / 1000) : 0
    }

    private func addTiming(to fields: inout [HTTPField]) {
        let microseconds = microseconds
        var seconds: [UInt8] = []
        seconds.append(decimal: microseconds / 1_000_000)
        seconds.append(UInt8(ascii: "."))
        seconds.append(decimal: microseconds % 1_000_000, width: 6)
        fields.append(HTTPField("X-Duration-Seconds", String(decoding: seconds, as: UTF8.self)))
        fields.append(HTTPField("X-Start-Time", startTime))
    }
}
