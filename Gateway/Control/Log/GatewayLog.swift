package import GatewayEventLoop
import GatewayHTTP
package import GatewayWorkers
import JSON

/// The gateway's log: JSON lines on standard error, without contents, queries or secrets.
package final class GatewayLog: WorkerLog {
    private let writer: LogWriter
    /// The latest lines of each function.
    let functions = FunctionLines()
    private let framesLines: Bool

    /// Makes the log; its lines are written some milliseconds later. Where it does not frame them, functions' lines are
    /// written as they come, without time and name.
    package init(loop: EventLoop, framesLines: Bool = true) {
        writer = LogWriter(loop: loop)
        self.framesLines = framesLines
    }

    /// Writes at once what has not been written yet.
    package func flush() {
        writer.flush()
    }

    /// Says what the operator should know.
    package func say(_ event: String, _ members: (name: StaticString, value: String)...) {
        var line = line(event)
        for member in members { line.add(member.name, member.value) }
        writer.write(line)
    }

    /// A request and what became of it.
    func served(_ exchange: Exchange, function: String, client: String) {
        var line = LogLine()
        line.add("time", plain: writer.time)
        line.add("event", "request")
        line.add("callId", exchange.note)
        line.add("method", exchange.head?.method ?? "")
        line.add("path", exchange.head?.path ?? "")
        if !function.isEmpty { line.add("function", function) }
        if let trace = exchange.head?.header("traceparent"), TraceParent.isValid(trace) {
            line.add("traceparent", trace)
        }
        line.add("status", exchange.status)
        line.add("bytes", exchange.bytesSent)
        line.add("ms", thousandths: Int(exchange.nanoseconds / 1000))
        line.add("client", client)
        writer.write(line)
    }

    package func wrote(_ text: ArraySlice<UInt8>, function: String, process: Int32) {
        functions.add(Array(text), function: function, process: process)
        guard framesLines else { return writer.write(text) }
        var line = LogLine()
        line.add("time", plain: writer.time)
        line.add("event", "function")
        line.add("function", function)
        line.add("process", Int(process))
        if text.first == UInt8(ascii: "{"), (try? JSONValue(parsing: Array(text))) != nil {
            line.add("entry", json: text)
        } else {
            line.add("text", String(decoding: text, as: UTF8.self))
        }
        writer.write(line)
    }

    package func happened(_ event: WorkerEvent, function: String, process: Int32) {
        if !function.isEmpty { functions.add(Array(event.words.utf8), function: function, process: process) }
        var line = line("worker")
        if !function.isEmpty { line.add("function", function) }
        if process > 0 { line.add("process", Int(process)) }
        describe(event, in: &line)
        writer.write(line)
    }

    private func line(_ event: String) -> LogLine {
        var line = LogLine()
        line.add("time", plain: writer.time)
        line.add("event", event)
        return line
    }

    private func describe(_ event: WorkerEvent, in line: inout LogLine) {
        switch event {
        case .started:
            line.add("what", "started")
        case .ended(let end, let expected):
            line.add("what", "ended")
            line.add("how", end.description)
            line.add("expected", expected)
        case .startFailed(let words):
            line.add("what", "not started")
            line.add("why", words)
        case .stoppedAtDeadline:
            line.add("what", "stopped at its deadline")
        case .stoppedForFault(let fault):
            line.add("what", "stopped")
            line.add("why", fault.rawValue)
        case .strayStopped:
            line.add("what", "stray stopped")
        case .linesDropped(let count):
            line.add("what", "lines dropped")
            line.add("count", count)
        }
    }
}

extension WorkerEvent {
    /// The event in words, for people.
    fileprivate var words: String {
        switch self {
        case .started: "process started"
        case .ended(let end, let expected): "process ended: \(end)" + (expected ? ", as it was asked to" : "")
        case .startFailed(let words): "process not started: \(words)"
        case .stoppedAtDeadline: "process stopped at its deadline"
        case .stoppedForFault(let fault): "process stopped: \(fault.rawValue)"
        case .strayStopped: "stray process stopped"
        case .linesDropped(let count): "\(count) lines dropped"
        }
    }
}
