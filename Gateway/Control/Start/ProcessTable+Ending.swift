import GatewayEventLoop
import GatewayWorkers
import Platform

extension ProcessTable {
    /// Kills every process and waits a moment until they are gone, for the program's own end.
    func killAll(turning loop: EventLoop) {
        killAll()
        let end = Instant.now.adding(milliseconds: 1_000)
        while count > 0, Instant.now < end {
            loop.after(milliseconds: 20) {}
            try? loop.turn()
        }
        killAll()
    }
}
