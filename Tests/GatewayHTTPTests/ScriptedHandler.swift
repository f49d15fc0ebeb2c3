import GatewayEventLoop
import GatewayHTTP

/// Does what a request's path says.
final class ScriptedHandler: RequestHandler {
    private let loop: EventLoop
    private let log: ExchangeLog
    private var kept: [PendingAnswer] = []
    private var streams: [ResponseStream] = []

    init(_ loop: EventLoop, _ log: ExchangeLog) {
        self.loop = loop
        self.log = log
    }

    func admit(_ head: RequestHead) -> Admission {
        switch head.path {
        case "/missing": .refuse(Response(status: 404, body: Array("missing".utf8)))
        case "/large-body": .accept(bodyLimit: 8 << 20)
        default: .accept(bodyLimit: 64)
        }
    }

    func handle(_ request: consuming Request, _ responder: consuming Responder) {
        let (head, body) = (request.head, request.body)
        switch head.path {
        case "/later": later(Response(body: body), responder.held())
        case "/kept": kept.append(responder.held())
        case "/dropped": _ = consume responder
        case "/large": responder.answer(Response(body: Self.large))
        case "/empty": responder.answer(Response(status: 204))
        case "/closes":
            var response = Response(body: body)
            response.closes = true
            responder.answer(response)
        case "/fields": responder.answer(Response(headers: Self.fields))
        case "/count": responder.answer(Response(body: Array(String(body.count).utf8)))
        case "/client": responder.answer(Response(body: Array(request.clientAddress.utf8)))
        case "/stream": stream(responder.stream(Response(status: 201, body: Array("one,".utf8))))
        case "/open-stream": keepOpen(responder.stream(Response()))
        case "/cut-stream": responder.stream(Response(body: Array("cut".utf8))).write([])
        case "/flood": flood(responder.stream(Response()))
        default: responder.answer(Response(body: body))
        }
    }

    func finished(_ exchange: Exchange) {
        log.add("\(exchange.head?.path ?? "-") \(exchange.status) \(exchange.bytesSent)")
    }

    static let large = (0..<4 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    private static let fields = [
        HTTPField("X-Good", "yes"), HTTPField("X-Split", "a\r\nX-Evil: b"), HTTPField("X Bad", "c"),
        HTTPField("Content-Length", "99"), HTTPField("transfer-encoding", "chunked"), HTTPField("Connection", "x"),
        HTTPField("", "empty"),
    ]

    private func later(_ response: Response, _ pending: PendingAnswer) {
        loop.after(milliseconds: 20) {
            pending.answer(response)
            pending.answer(Response(status: 500))
        }
    }

    private func stream(_ stream: ResponseStream) {
        var left = 3
        loop.every(milliseconds: 5) {
            left -= 1
            if left > 0 { stream.write(Array("more,".utf8)) } else { stream.finish() }
            stream.write(Array("late".utf8.prefix(left > 0 ? 0 : 4)))
            return left > 0
        }
    }

    private func keepOpen(_ stream: ResponseStream) {
        stream.onClose = { [log] in log.add("closed") }
        stream.write(Array("open".utf8))
        streams.append(stream)
    }

    private func flood(_ stream: ResponseStream) {
        stream.onClose = { [log] in log.add("closed") }
        loop.every(milliseconds: 1) {
            stream.write([UInt8](repeating: 0x61, count: 64 * 1024))
            return stream.isOpen
        }
    }
}
