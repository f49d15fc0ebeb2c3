import GatewayEventLoop
import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Platform
import Wire

/// Answers a watchdog's requests: any path is the function's, but for `/_/health` and `/_/ready`.
final class WatchdogHandler: RequestHandler {
    private let gateway: Gateway
    private let entry: FunctionEntry
    private let caller: InternalCaller
    private let readyPath: String?
    private let lockFile: String?
    let figures = WatchdogFigures()
    /// False once it was told to stop.
    var isHealthy = true

    init(_ entry: FunctionEntry, _ gateway: Gateway, _ caller: InternalCaller, _ settings: WatchdogSettings) {
        self.entry = entry
        self.gateway = gateway
        self.caller = caller
        readyPath = settings.readyPath
        lockFile = settings.lockFile
    }

    func admit(_ head: RequestHead) -> Admission {
        .accept(bodyLimit: Own(head) == nil ? entry.definition.settings.bodyLimit : 0)
    }

    func handle(_ request: consuming Request, _ responder: consuming Responder) {
        switch Own(request.head) {
        case .health: responder.answer(Self.text(isServing ? 200 : 503))
        case .ready: answerReady(responder.held())
        case nil:
            figures.began()
            gateway.call(entry, 0, request, responder)
        }
    }

    func refused(_ refusal: Refusal, _ head: RequestHead?) -> Response {
        gateway.refused(refusal, head)
    }

    func finished(_ exchange: Exchange) {
        if let head = exchange.head, Own(head) != nil { return }
        figures.ended(exchange)
        gateway.finished(exchange)
    }

    /// Whether its lock file is where it was put: a platform's own way to take it out of service is to remove it.
    private var isServing: Bool {
        isHealthy && lockFile.map(FileSystem.isReadable) ?? true
    }

    private func answerReady(_ answer: PendingAnswer) {
        guard isServing else { return answer.answer(Self.text(503)) }
        let load = entry.pool.load
        let limit = entry.definition.settings.inFlightLimit
        if limit > 0, load.running + load.waiting >= limit { return answer.answer(Self.text(429)) }
        guard let readyPath else { return answer.answer(Self.text(200)) }
        caller.ask(entry, readyPath, for: "", []) { reply in
            answer.answer(Self.text(reply.map { Int($0.status) } ?? 503))
        }
    }

    private static func text(_ status: Int) -> Response {
        let body = status < 300 ? "OK" : "Not now"
        return Response(
            status: status, headers: [HTTPField("Content-Type", "text/plain; charset=utf-8")], body: Array(body.utf8))
    }

    /// The watchdog's own addresses.
    private enum Own {
        case health
        case ready

        init?(_ head: RequestHead) {
            let found: Own? = head.withPath { path in
                path.equals("/_/health") ? .health : path.equals("/_/ready") ? .ready : nil
            }
            guard let found else { return nil }
            self = found
        }
    }
}
