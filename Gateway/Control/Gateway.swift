package import GatewayEventLoop
package import GatewayHTTP
import GatewayStack
import GatewayWorkers
import Platform
import Primitives
import Wire

/// Answers the server's requests: routes to functions, and the gateway's own few addresses.
package final class Gateway: RequestHandler {
    private let loop: EventLoop
    private let log: GatewayLog
    private var functions: [String: FunctionEntry] = [:]
    private let contract: Page?
    private let trustedProxies: TrustedProxies
    private let publicScheme: String
    private let logsAccess: Bool
    private var callIDs = CallIDs()
    let metrics = Metrics()
    /// Answers below `/system/`, once there is something to administer.
    var system: SystemAPI?
    /// Keeps and makes calls that are made later.
    var asyncCalls: AsyncCalls?
    /// What browsers are given.
    var pages = PageTable()
    /// Holds calls open for events, once there is something that tells of them.
    var holds: Holds?
    /// Tells how many connections are open, once there is a server.
    var openConnections: () -> Int = { 0 }

    /// Makes the handler; `contract` is the OpenAPI document, `nil` where there is none.
    package init(loop: EventLoop, log: GatewayLog, contract: [UInt8]?, options: GatewayOptions) {
        self.loop = loop
        self.log = log
        self.contract = contract.flatMap { Page(name: "openapi.json", body: $0) }
        trustedProxies = options.trustedProxies
        publicScheme = options.publicURL?.hasPrefix("https://") == true ? "https" : "http"
        logsAccess = options.logsAccess
    }

    /// Takes the functions to route to.
    package func serve(_ functions: [FunctionEntry]) {
        self.functions = Dictionary(functions.map { ($0.definition.name, $0) }) { first, _ in first }
    }

    package func admit(_ head: RequestHead) -> Admission {
        switch Target(head, functions: functions, pages: pages) {
        case .function(let entry, _):
            .accept(bodyLimit: entry.definition.settings.bodyLimit, times: entry.definition.settings.times)
        case .health, .contract, .metrics: .accept(bodyLimit: 0)
        case .async(let entry, _): admitAsync(entry, head)
        case .system: system?.admit(head, callID: callIDs.id(for: head)) ?? .accept(bodyLimit: 0)
        case .page: .accept(bodyLimit: 0)
        case .nothing: .refuse(Problem.notFound.response(callID: callIDs.id(for: head)))
        case .noPage: .refuse(noPage(head))
        }
    }

    package func handle(_ request: consuming Request, _ responder: consuming Responder) {
        switch Target(request.head, functions: functions, pages: pages) {
        case .function(let entry, let rest): call(entry, rest, request, responder)
        case .health: responder.answer(own(request.head, "text/plain; charset=utf-8", Array("OK".utf8)))
        case .contract: responder.answer(contractAnswer(request.head))
        case .metrics:
            let entries = functions.values.sorted { $0.definition.name < $1.definition.name }
            let page = MetricsPage.bytes(
                metrics, entries, system?.table.figures ?? [:], connections: openConnections(), holds: holds?.count ?? 0
            )
            responder.answer(own(request.head, "text/plain; version=0.0.4; charset=utf-8", page))
        case .async(let entry, let rest): store(entry, rest, request, responder.held())
        case .system:
            let callID = callIDs.id(for: request.head)
            guard let system else { return responder.answer(Problem.notFound.response(callID: callID)) }
            system.handle(request, responder.held(), callID: callID)
        case .page(let page): responder.answer(answer(page, request.head))
        case .nothing: responder.answer(Problem.notFound.response(callID: callIDs.id(for: request.head)))
        case .noPage: responder.answer(noPage(request.head))
        }
    }

    package func refused(_ refusal: Refusal, _ head: RequestHead?) -> Response {
        Problem.refused(refusal.status, refusal.detail).response(callID: callIDs.id(for: head))
    }

    package func finished(_ exchange: Exchange) {
        guard logsAccess else { return }
        var (function, client) = ("", exchange.clientAddress)
        if let head = exchange.head {
            if case .function(let entry, _) = Target(head, functions: functions, pages: pages) {
                function = entry.definition.name
            }
            if !trustedProxies.isEmpty { client = caller(head, exchange.clientAddress).address }
        }
        log.served(exchange, function: function, client: client)
    }

    /// That there is nothing, as a page for browsers and as a problem for programs.
    private func noPage(_ head: RequestHead) -> Response {
        let wantsPage = ["GET", "HEAD"].contains(head.method) && head.header("accept")?.contains("text/html") == true
        guard wantsPage, let missing = pages.missing else {
            return Problem.notFound.response(callID: callIDs.id(for: head))
        }
        return answer(missing, head, status: 404)
    }

    private func answer(_ page: Page, _ head: RequestHead, status: Int = 200) -> Response {
        let callID = callIDs.id(for: head)
        guard ["GET", "HEAD"].contains(head.method) else {
            return Problem.methodNotAllowed("GET, HEAD").response(callID: callID)
        }
        var response = page.response(to: head, status: status)
        response.note = callID
        return response
    }

    private func contractAnswer(_ head: RequestHead) -> Response {
        guard let contract else { return Problem.notFound.response(callID: callIDs.id(for: head)) }
        return answer(contract, head)
    }

    /// An answer of the gateway's own, to GET and HEAD alone.
    private func own(_ head: RequestHead, _ type: String, _ body: [UInt8]) -> Response {
        let callID = callIDs.id(for: head)
        guard ["GET", "HEAD"].contains(head.method) else {
            return Problem.methodNotAllowed("GET, HEAD").response(callID: callID)
        }
        let fields = [
            HTTPField("Content-Type", type), HTTPField("Cache-Control", "no-cache"),
            HTTPField("X-Content-Type-Options", "nosniff"), HTTPField("X-Call-Id", callID),
        ]
        var response = Response(headers: fields, body: body)
        response.note = callID
        return response
    }

    private func caller(_ head: RequestHead, _ peer: String) -> Caller {
        Caller(head, peer: peer, publicScheme: publicScheme, trusted: trustedProxies)
    }
}

// MARK: - Calls

extension Gateway {
    private func admitAsync(_ entry: FunctionEntry, _ head: RequestHead) -> Admission {
        let problem: Problem? =
            if !entry.definition.settings.allowsAsync {
                .asyncNotAllowed
            } else if let address = head.header("x-callback-url") {
                asyncCalls?.refusal(ofCallback: address)
            } else {
                nil
            }
        if let problem { return .refuse(problem.response(callID: callIDs.id(for: head))) }
        return .accept(
            bodyLimit: min(entry.definition.settings.bodyLimit, AsyncCalls.bodyLimit),
            times: entry.definition.settings.times)
    }

    /// The id is always a new one: two calls that were given the same would be one to the queue.
    private func store(_ entry: FunctionEntry, _ rest: Int, _ request: Request, _ answer: PendingAnswer) {
        let id = callIDs.next()
        guard let asyncCalls, entry.definition.settings.allowsAsync else {
            return answer.answer(Problem.asyncNotAllowed.response(callID: id))
        }
        let caller = caller(request.head, request.clientAddress)
        asyncCalls.store(
            AsyncCall(id: id, function: entry.definition.name, request, rest: rest, caller: caller), answer)
    }

    /// Has a function answer a request; `rest` is where in the path what follows its name begins.
    func call(
        _ entry: FunctionEntry, _ rest: Int, _ request: borrowing Request, _ responder: consuming Responder
    ) {
        let head = request.head
        let callID = callIDs.id(for: head)
        let caller = caller(head, request.clientAddress)
        let frame = Self.frame(request, rest: rest, callID: callID, caller: caller)
        let figures = metrics.figures(of: entry.definition.name)
        figures.began()
        let owner = OpenCall(
            callID: callID, started: loop.now, startTime: Self.startTime(), metrics: metrics, figures: figures,
            holding: holding(entry, head, frame), responder: responder)
        entry.pool.call(
            PendingCall(
                frame: frame, timeout: timeout(head, entry.definition.settings.execTimeout), arrived: loop.now,
                owner: owner))
    }

    /// The call's frame is kept for functions alone that may ask for it to be made again.
    private func holding(_ entry: FunctionEntry, _ head: RequestHead, _ frame: [UInt8]) -> OpenCall.Holding? {
        guard let holds, entry.definition.settings.allowsGrip, head.method != "HEAD" else { return nil }
        return OpenCall.Holding(holds: holds, entry: entry, frame: frame)
    }

    /// The function's own limit, or a shorter one that the caller asks for.
    private func timeout(_ head: RequestHead, _ limit: Int) -> Int {
        guard let asked = head.header("x-timeout").flatMap(Quantity.milliseconds), asked > 0 else { return limit }
        return limit > 0 ? min(asked, limit) : asked
    }

    private static func frame(_ request: borrowing Request, rest: Int, callID: String, caller: Caller) -> [UInt8] {
        let head = request.head
        var frame = head.withPath { path in
            head.withQuery { query in
                let slash: [UInt8] = [UInt8(ascii: "/")]
                let path = rest < path.count ? path.extracting(rest...) : slash.span
                return InvocationFrame(
                    callID: callID, method: head.method, clientAddress: caller.address, path: path, query: query,
                    reserving: 1024 + request.body.count)
            }
        }
        let dropped = head.nominatedFields
        head.forEachField { name, value in
            guard FieldFilter.passesIn(name), dropped.isEmpty || !dropped.contains(name.text(0..<name.count)) else {
                return
            }
            frame.append(name, value)
        }
        frame.append("x-forwarded-for", caller.path)
        frame.append("x-forwarded-host", caller.host)
        frame.append("x-forwarded-proto", caller.scheme)
        return frame.finished(body: request.body)
    }

    /// Nanoseconds since 1970, as OpenFaaS's gateway says when a call began.
    private static func startTime() -> String {
        String(SystemClock().now.milliseconds) + "000000"
    }
}

extension RequestHead {
    /// The fields that the caller's Connection field names as its connection's own.
    var nominatedFields: Set<String> {
        guard let field = header("connection"), field != "keep-alive", field != "close" else { return [] }
        let names = values(of: "connection").joined(separator: ",").split(separator: ",").map {
            $0.filter { $0 != " " && $0 != "\t" }.lowercased()
        }
        return Set(names)
    }
}

extension FunctionSettings {
    /// Its own `read_timeout` and `write_timeout`.
    var times: RequestTimes { RequestTimes(body: readTimeout, send: writeTimeout) }
}
