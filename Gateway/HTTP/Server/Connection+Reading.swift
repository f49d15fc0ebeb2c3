import GatewayEventLoop
import Glibc
import Platform

extension Connection {
    /// Takes what has arrived.
    func receive() {
        let isWanted = phase == .reading || phase == .lingering
        let room = isWanted ? Int.max : server.limits.readAhead - pending.count
        guard room > 0 else { return wait(for: []) }
        let count = server.scratch.receive(from: number, limit: room)
        if count > 0 {
            take(count)
        } else if count == 0 {
            endInput()
        } else if errno != EAGAIN, errno != EINTR {
            close()
        }
    }

    /// Decodes what is pending, then sends what was answered.
    func resume() {
        if phase == .reading, !pending.isEmpty, !outbound.isBlocked {
            var bytes: [UInt8] = []
            swap(&bytes, &pending)
            let used = process(bytes.span)
            if used > 0 { bytes.removeFirst(used) }
            if phase != .closed { pending = bytes }
        }
        settle()
    }

    private func take(_ count: Int) {
        switch phase {
        case .reading where pending.isEmpty:
            server.scratch.withBytes(count) { bytes in
                let used = process(bytes)
                if used < count { pending = bytes.copy(used..<count) }
            }
            settle()
        case .lingering, .closed: break
        case .reading, .handling, .streaming, .closing:
            server.scratch.withBytes(count) { pending += $0.copy(0..<count) }
            if phase == .reading { resume() }
        }
    }

    private func endInput() {
        inputEnded = true
        wait(for: [])
        switch phase {
        case .reading: settle()
        case .streaming: deadline = server.loop.now.adding(milliseconds: sendTimeout)
        case .lingering: close()
        case .handling, .closing, .closed: break
        }
    }

    /// Goes through requests until bytes or the handler's answer are missing; answers how many bytes were used.
    private func process(_ input: Span<UInt8>) -> Int {
        var position = 0
        isProcessing = true
        defer { isProcessing = false }
        while phase == .reading {
            let before = position
            let step = decoder.next(input, &position)
            if decoder.isInContent { exchange.contentBytes += position - before }
            switch step {
            case .needsMore:
                setReadingDeadline()
                return position
            case .head(let head): open(head, hasContent: position < input.count)
            case .content(let body): handOver(body)
            case .refuse(let refusal): refuse(refusal)
            }
            if outbound.count > 64 * 1024, !flush() { break }
        }
        return position
    }

    private func open(_ head: RequestHead, hasContent: Bool) {
        exchange.begin(head, at: server.loop.now)
        if isOverLimit { return refuse(.tooManyConnections) }
        switch server.handler.admit(head) {
        case .accept(let bodyLimit, let times):
            exchange.times = times
            if let refusal = decoder.admit(bodyLimit: bodyLimit) { return refuse(refusal) }
            guard head.expectsContinue, head.content != .none, !hasContent else { return }
            outbound.append { $0.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8) }
        case .refuse(let response):
            if !head.expectsContinue, decoder.discard() {
                exchange.refusal = response
            } else {
                answerAndClose(response)
            }
        }
    }

    private func handOver(_ body: [UInt8]) {
        guard let head = exchange.head else { return }
        phase = .handling
        deadline = Self.never
        if let response = exchange.refusal { return answer(exchange.turn, response) }
        let request = Request(head: head, body: body, clientAddress: clientAddress)
        server.handler.handle(request, Responder(self, turn: exchange.turn))
    }

    /// Answers a request that cannot be served, and closes.
    func refuse(_ refusal: Refusal) {
        if exchange.head == nil { exchange.begin(nil, at: server.loop.now) }
        answerAndClose(server.handler.refused(refusal, exchange.head))
    }

    private func answerAndClose(_ response: consuming Response) {
        phase = .handling
        response.closes = true
        answer(exchange.turn, response)
    }

    private func setReadingDeadline() {
        let (now, limits) = (server.loop.now, server.limits)
        if decoder.isInContent {
            waiting = .content
            let earned = exchange.contentBytes / max(1, limits.slowestBody) * 1000
            deadline = exchange.startedAt.adding(milliseconds: (exchange.times.body ?? limits.bodyTimeout) + earned)
        } else if !decoder.isIdle, waiting != .head {
            waiting = .head
            deadline = now.adding(milliseconds: limits.headTimeout)
        }
    }
}
