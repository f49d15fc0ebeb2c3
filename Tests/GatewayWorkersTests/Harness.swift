import Foundation
import GatewayEventLoop
import GatewayStack
import Platform
import Wire

@testable import GatewayWorkers

/// Records what is logged.
final class RecordingLog: WorkerLog {
    var lines: [String] = []
    var events: [WorkerEvent] = []

    func wrote(_ line: ArraySlice<UInt8>, function: String, process: Int32) {
        lines.append(String(decoding: line, as: UTF8.self))
    }

    func happened(_ event: WorkerEvent, function: String, process: Int32) {
        events.append(event)
    }
}

/// Waits for one call's outcome.
final class Waiter: CallOwner {
    var outcome: CallOutcome?
    var isGone = false

    func completed(_ outcome: consuming CallOutcome) {
        self.outcome = outcome
    }
}

/// A pool of the faulty function on a loop that turns while a test waits.
final class Harness {
    let loop: EventLoop
    let log = RecordingLog()
    let table: ProcessTable
    let pool: any FunctionPool
    private let timeout: Int

    static var binary: String {
        let folders = CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        return (folders + [".build/debug"]).map { $0 + "/faulty-function" }
            .first { FileManager.default.isExecutableFile(atPath: $0) } ?? ""
    }

    /// `settings` are lines of a stack file's function, such as `labels: {…}`.
    init(
        _ settings: String..., environment: [String] = [], path: String = Harness.binary, startedAhead: Int = 0,
        copies: Bool = false
    ) throws {
        loop = try EventLoop()
        table = ProcessTable(loop: loop, log: log, adopting: false)
        let text = "functions:\n  faulty:\n" + settings.map { "    \($0)\n" }.joined() + "    lang: x\n"
        let settings = try StackFile(parsing: Array(text.utf8), environment: [:]).functions[0].settings
        timeout = settings.execTimeout
        let mode = settings.mode == .warm ? ["FUNCTION_MODE=warm"] : []
        let variables = ["SWIFT_BACKTRACE=enable=no", "ASAN_OPTIONS=handle_segv=0"] + mode + environment
        let launch = Launch(path: path, arguments: ["faulty"], environment: variables)
        pool =
            switch settings.mode {
            case .warm: WarmPool(name: "faulty", settings: settings, launch: launch, table: table)
            case .oneShot:
                OneShotPool(
                    name: "faulty", settings: settings, launch: launch, contentType: "text/plain",
                    startedAhead: startedAhead,
                    template: copies ? launch.template(filtersSystemCalls: true) : nil, table: table)
            }
        pool.start()
    }

    /// The id of the process that a one-shot function's are copies of.
    var template: Int32? { (pool as? OneShotPool)?.spares.templateID }

    /// Whether two processes wait for calls, beside the one that they may be copies of, and no other is left.
    var isSettled: Bool {
        pool.load == PoolLoad(workers: 2) && table.unborn == 0 && table.count == (template == nil ? 2 : 3)
    }

    func begin(_ body: [UInt8], _ invocation: Invocation = Invocation()) -> Waiter {
        var invocation = invocation
        invocation.body = body
        let waiter = Waiter()
        pool.call(PendingCall(frame: invocation.frame(), timeout: time(for: body), arrived: .now, owner: waiter))
        return waiter
    }

    /// The function's own time where it will be late, and else enough on a machine that is busy with other things.
    private func time(for body: [UInt8]) -> Int {
        let word = body.prefix { $0 != UInt8(ascii: " ") }
        let late = ["hang", "ignore-term", "half", "close", "sleep"].contains { word.elementsEqual($0.utf8) }
        return late || timeout == 0 ? timeout : max(timeout, 60_000)
    }

    func begin(_ text: String) -> Waiter {
        begin(Array(text.utf8))
    }

    /// Turns the loop until the condition holds; false where it does not within a minute.
    @discardableResult
    func turn(until condition: () -> Bool) throws -> Bool {
        let end = Instant.now.adding(milliseconds: 60_000)
        while !condition() {
            guard Instant.now < end else { return false }
            loop.after(milliseconds: 50) {}
            try loop.turn()
        }
        return true
    }

    func outcome(_ waiter: Waiter) throws -> CallOutcome? {
        try turn { waiter.outcome != nil }
        return waiter.outcome
    }

    func call(_ text: String) throws -> CallOutcome? {
        try outcome(begin(text))
    }

    /// The text of the answer to a call.
    func answer(_ text: String) throws -> String? {
        guard case .reply(let reply) = try call(text) else { return nil }
        return String(decoding: reply.body, as: UTF8.self)
    }

    /// Lets every process go and waits until the last was reaped.
    func close() throws {
        pool.stop()
        table.killAll()
        try turn { table.count == 0 }
    }
}
