import GatewayHTTP

/// What a watchdog counts, under the names that OpenFaaS's watchdogs use.
final class WatchdogFigures {
    private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    private struct Key: Hashable {
        let method: String
        let status: Int
    }

    private var inFlight = 0
    private var calls: [Key: FunctionFigures.Calls] = [:]

    /// Counts a call that was given to the function.
    func began() {
        inFlight += 1
    }

    /// Counts what became of a request.
    func ended(_ exchange: Exchange) {
        inFlight = max(0, inFlight - 1)
        let method = exchange.head?.method ?? ""
        let key = Key(method: Self.methods.contains(method) ? method : "other", status: exchange.status)
        calls[key, default: FunctionFigures.Calls()].add(seconds: Double(exchange.nanoseconds) / 1e9)
    }

    /// The figures in Prometheus' text format (version 0.0.4).
    var page: [UInt8] {
        var page = MetricsPage()
        let sorted = calls.sorted { ($0.key.method, $0.key.status) < ($1.key.method, $1.key.status) }
        page.head("http_requests_in_flight", "gauge", "Requests that are being answered.")
        page.line("http_requests_in_flight", [], inFlight)
        page.head("http_requests_total", "counter", "Requests that were answered, by method and status.")
        for (key, calls) in sorted { page.line("http_requests_total", Self.labels(key), calls.count) }
        page.head("http_request_duration_seconds", "histogram", "How long requests took.")
        for (key, calls) in sorted { page.histogram("http_request_duration_seconds", Self.labels(key), calls) }
        return page.bytes
    }

    private static func labels(_ key: Key) -> [(String, String)] {
        [("code", "\(key.status)"), ("method", key.method)]
    }
}

/// Answers `/metrics` on a port of its own, as OpenFaaS's watchdogs do.
final class WatchdogMetrics: RequestHandler {
    private let figures: WatchdogFigures

    init(_ figures: WatchdogFigures) {
        self.figures = figures
    }

    func admit(_ head: RequestHead) -> Admission {
        .accept(bodyLimit: 0)
    }

    func handle(_ request: consuming Request, _ responder: consuming Responder) {
        guard request.head.path == "/metrics" else {
            return responder.answer(Response(status: 404, headers: [], body: []))
        }
        let fields = [HTTPField("Content-Type", "text/plain; version=0.0.4; charset=utf-8")]
        responder.answer(Response(headers: fields, body: figures.page))
    }
}
