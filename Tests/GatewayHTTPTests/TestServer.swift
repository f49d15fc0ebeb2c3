import Foundation
import GatewayEventLoop
import GatewayHTTP
import Platform
import Synchronization

/// A real server on a loopback port, its loop on a thread of its own.
final class TestServer: Sendable {
    typealias Command = @Sendable (HTTPServer) -> Void

    let port: UInt16
    let exchanges: ExchangeLog
    private let commands: CommandQueue

    init(_ limits: HTTPLimits = HTTPLimits(), host: String = "127.0.0.1") throws {
        let (commands, exchanges) = (CommandQueue(), ExchangeLog())
        let started = DispatchSemaphore(value: 0)
        let box = PortBox()
        Thread.detachNewThread {
            defer { started.signal() }
            guard let loop = try? EventLoop() else { return }
            let handler = ScriptedHandler(loop, exchanges)
            let server = HTTPServer(loop: loop, limits: limits, handler: handler)
            guard let bound = try? server.listen(host: host, port: 0) else { return }
            box.port.withLock { $0 = bound }
            started.signal()
            loop.every(milliseconds: 5) {
                for command in commands.taken() { command(server) }
                guard commands.isStopped else { return true }
                server.drain(within: 0) { loop.stop() }
                return false
            }
            try? loop.run()
        }
        started.wait()
        guard let bound = box.port.withLock({ $0 }) else { throw SystemError("listen") }
        (self.port, self.exchanges, self.commands) = (bound, exchanges, commands)
    }

    deinit {
        commands.stop()
    }

    /// Runs something on the loop's thread, soon.
    func run(_ command: @escaping Command) {
        commands.add(command)
    }

    func connect() throws -> TestClient {
        try TestClient(port: port, server: self)
    }
}

private final class PortBox: Sendable {
    let port = Mutex<UInt16?>(nil)
}

/// Commands on their way to a loop's thread.
final class CommandQueue: Sendable {
    private let state = Mutex<(commands: [TestServer.Command], isStopped: Bool)>(([], false))

    var isStopped: Bool { state.withLock { $0.isStopped } }

    func add(_ command: @escaping TestServer.Command) {
        state.withLock { $0.commands.append(command) }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
    }

    func taken() -> [TestServer.Command] {
        state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }
}

/// What the server said about requests that are done.
final class ExchangeLog: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
    }

    /// The lines, once there are at least `count`, or after ten seconds.
    func lines(atLeast count: Int) -> [String] {
        for _ in 0..<1000 {
            let lines = lines.withLock { $0 }
            if lines.count >= count { return lines }
            usleep(10_000)
        }
        return lines.withLock { $0 }
    }
}
