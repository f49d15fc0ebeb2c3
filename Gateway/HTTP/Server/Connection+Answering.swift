import GatewayEventLoop
import Platform

extension Connection {
    func isGone(_ turn: UInt64) -> Bool {
        phase == .closed || turn != exchange.turn
    }

    /// A responder was dropped without an answer.
    func abandon(_ turn: UInt64) {
        guard phase == .handling, turn == exchange.turn else { return }
        answer(turn, server.handler.refused(.unanswered, exchange.head))
    }

    func answer(_ turn: UInt64, _ response: consuming Response) {
        guard phase == .handling, turn == exchange.turn else { return }
        send(response, as: .whole)
        endExchange()
        if !isProcessing { resume() }
    }

    func stream(_ turn: UInt64, _ head: consuming Response) -> ResponseStream {
        guard phase == .handling, turn == exchange.turn else { return ResponseStream(nil, turn: turn) }
        let isHTTP10 = exchange.framing.isHTTP10
        if isHTTP10 { head.closes = true }
        send(head, as: isHTTP10 ? .untilClose : .chunked)
        phase = .streaming
        deadline = Self.never
        let stream = ResponseStream(self, turn: turn)
        openStream = stream
        if !isProcessing { settle() }
        return stream
    }

    func isStreaming(_ turn: UInt64) -> Bool {
        phase == .streaming && turn == exchange.turn
    }

    func bufferedBytes(_ turn: UInt64) -> Int {
        isStreaming(turn) ? outbound.count : 0
    }

    func write(_ turn: UInt64, _ bytes: [UInt8]) {
        guard isStreaming(turn), !exchange.framing.isBodiless(exchange.status) else { return }
        exchange.bytesSent += bytes.count
        let isChunked = if case .chunked = exchange.framing.body { true } else { false }
        outbound.append { isChunked ? $0.append(chunk: bytes) : $0.append(contentsOf: bytes) }
        if inputEnded { deadline = server.loop.now.adding(milliseconds: sendTimeout) }
        if !isProcessing { settle() }
        if outbound.count > server.limits.streamBuffer { close() }
    }

    func finishStream(_ turn: UInt64) {
        guard isStreaming(turn) else { return }
        openStream = nil
        if case .chunked = exchange.framing.body, !exchange.framing.isBodiless(exchange.status) {
            outbound.append { $0.append(contentsOf: "0\r\n\r\n".utf8) }
        }
        endExchange()
        if !isProcessing { resume() }
    }

    /// A stream was let go without an end: what was written is sent if it can be, then the connection is cut.
    func abandonStream(_ turn: UInt64) {
        guard isStreaming(turn) else { return }
        _ = flush()
        close()
    }

    /// Tells the handler what became of the request.
    func report() {
        let now = Instant.now.nanoseconds
        server.handler.finished(
            Exchange(
                head: exchange.head, clientAddress: clientAddress, status: exchange.status,
                bytesSent: exchange.bytesSent,
                nanoseconds: now > exchange.startedAt.nanoseconds ? now - exchange.startedAt.nanoseconds : 0,
                note: exchange.note))
    }

    /// Puts an answer on its way.
    private func send(_ response: consuming Response, as body: ResponseFraming.Body) {
        if !(200...599 ~= response.status) { response.status = 500 }
        let clientCloses = exchange.head?.keepsAlive == false
        closesAfterAnswer = response.closes || clientCloses || exchange.head == nil || server.isDraining
        lingers = !clientCloses || decoder.isInContent || response.closes
        exchange.framing.body = body
        exchange.framing.closes = closesAfterAnswer
        exchange.status = response.status
        exchange.note = response.note
        exchange.bytesSent = exchange.framing.isBodiless(response.status) ? 0 : response.body.count
        let (date, framing) = (server.dateLine(), exchange.framing)
        outbound.append { $0.append(response, framing, date: date) }
    }

    private func endExchange() {
        report()
        exchange.head = nil
        if closesAfterAnswer {
            startClosing()
        } else {
            phase = .reading
            waiting = .idle
            deadline = server.loop.now.adding(milliseconds: server.limits.idleTimeout)
        }
    }
}
