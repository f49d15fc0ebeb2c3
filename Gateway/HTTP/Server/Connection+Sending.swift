import GatewayEventLoop
import Glibc
import Platform

extension Connection {
    /// The socket takes bytes again.
    func resumeSending() {
        guard outbound.isBlocked, flush() else { return }
        switch phase {
        case .handling: deadline = Self.never
        case .streaming:
            if !inputEnded { deadline = Self.never }
            openStream?.onDrain?()
        case .reading: deadline = server.loop.now.adding(milliseconds: server.limits.idleTimeout)
        case .closing, .lingering, .closed: break
        }
        resume()
    }

    /// Sends what there is; true when all of it is gone and the connection still open.
    func flush() -> Bool {
        guard !outbound.isEmpty else { return phase != .closed }
        do throws(SystemError) {
            let wasBlocked = outbound.isBlocked
            let tookSome = try outbound.send(to: number)
            guard outbound.isBlocked else { return true }
            if tookSome || !wasBlocked {
                deadline = server.loop.now.adding(milliseconds: sendTimeout)
            }
            wait(for: .write)
        } catch {
            close()
        }
        return false
    }

    /// Sends what there is and says what the connection waits for next.
    func settle() {
        guard phase != .closed, !outbound.isBlocked, flush() else { return }
        switch phase {
        case .closing: finishClosing()
        case .reading where inputEnded: endReading()
        case .reading where server.isDraining && decoder.isIdle && pending.isEmpty: finishClosing()
        case .reading, .lingering: wait(for: .read)
        case .handling, .streaming: wait(for: inputEnded || pending.count >= server.limits.readAhead ? [] : .read)
        case .closed: break
        }
    }

    func startClosing() {
        phase = .closing
        deadline = server.loop.now.adding(milliseconds: sendTimeout)
    }

    /// The client sends no more: what it began cannot be finished.
    private func endReading() {
        if decoder.isIdle, pending.isEmpty { return close() }
        refuse(.cutOff)
        settle()
    }

    private func finishClosing() {
        if inputEnded || (!lingers && pending.isEmpty) { return close() }
        shutdown(number, CInt(SHUT_WR))
        phase = .lingering
        pending = []
        deadline = server.loop.now.adding(milliseconds: server.limits.lingerTimeout)
        wait(for: .read)
    }
}

extension Connection {
    /// Milliseconds for which the client may take nothing of the present answer.
    var sendTimeout: Int { exchange.times.send ?? server.limits.sendTimeout }
}
