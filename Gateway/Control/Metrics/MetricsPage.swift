import GatewayStack
import GatewayWorkers

/// The figures in Prometheus' text format (version 0.0.4).
struct MetricsPage {
    private var text = ""

    var bytes: [UInt8] { Array(text.utf8) }

    /// Writes the page; `entries` say what runs now.
    static func bytes(
        _ metrics: Metrics, _ entries: [FunctionEntry], _ processes: [String: ProcessFigures], connections: Int,
        holds: Int
    ) -> [UInt8] {
        var page = MetricsPage()
        page.calls(metrics, entries)
        page.workers(entries)
        page.processes(entries, processes)
        page.told(metrics)
        page.own(metrics, connections: connections, holds: holds)
        return page.bytes
    }

    private mutating func calls(_ metrics: Metrics, _ entries: [FunctionEntry]) {
        let named = entries.map { ($0.definition.name + "." + $0.namespace, metrics.figures(of: $0.definition.name)) }
        head("gateway_function_invocation_started", "counter", "Calls that were begun.")
        for (name, figures) in named {
            line("gateway_function_invocation_started", [("function_name", name)], figures.started)
        }
        head("gateway_function_invocation_total", "counter", "Calls that were answered, by status.")
        for (name, figures) in named {
            for (code, calls) in figures.calls.sorted(by: { $0.key < $1.key }) {
                line("gateway_function_invocation_total", [("function_name", name), ("code", "\(code)")], calls.count)
            }
        }
        head("gateway_functions_seconds", "histogram", "How long calls took.")
        for (name, figures) in named {
            for (code, calls) in figures.calls.sorted(by: { $0.key < $1.key }) {
                histogram("gateway_functions_seconds", [("function_name", name), ("code", "\(code)")], calls)
            }
        }
    }

    mutating func histogram(_ name: String, _ labels: [(String, String)], _ calls: FunctionFigures.Calls) {
        var below = 0
        for (bound, count) in zip(Metrics.bounds, calls.buckets) {
            below += count
            line(name + "_bucket", labels + [("le", "\(bound)")], below)
        }
        line(name + "_bucket", labels + [("le", "+Inf")], calls.count)
        line(name + "_sum", labels, calls.seconds)
        line(name + "_count", labels, calls.count)
    }

    private mutating func workers(_ entries: [FunctionEntry]) {
        let loads = entries.map { ($0.definition.name + "." + $0.namespace, $0.pool.load) }
        head("gateway_service_count", "gauge", "Workers of each function.")
        for (name, load) in loads { line("gateway_service_count", [("function_name", name)], load.workers) }
        head("passerelle_calls_running", "gauge", "Calls that are being answered.")
        for (name, load) in loads { line("passerelle_calls_running", [("function_name", name)], load.running) }
        head("passerelle_calls_waiting", "gauge", "Calls that wait for a worker.")
        for (name, load) in loads { line("passerelle_calls_waiting", [("function_name", name)], load.waiting) }
        head("passerelle_workers", "gauge", "Workers of each function, by what they do.")
        for (name, load) in loads {
            line("passerelle_workers", [("function_name", name), ("state", "busy")], load.busy)
            line("passerelle_workers", [("function_name", name), ("state", "idle")], load.workers - load.busy)
        }
    }

    private mutating func processes(_ entries: [FunctionEntry], _ processes: [String: ProcessFigures]) {
        let named = entries.map {
            ($0.definition.name + "." + $0.namespace, processes[$0.definition.name] ?? ProcessFigures())
        }
        head("passerelle_worker_starts_total", "counter", "Processes that were started.")
        for (name, figures) in named {
            line("passerelle_worker_starts_total", [("function_name", name)], figures.started)
        }
        head("passerelle_worker_ends_total", "counter", "Processes that ended, by whether they were stopped or failed.")
        for (name, figures) in named {
            for (how, count) in [("left", figures.left), ("stopped", figures.stopped), ("failed", figures.failed)] {
                line("passerelle_worker_ends_total", [("function_name", name), ("how", how)], count)
            }
        }
    }

    private mutating func told(_ metrics: Metrics) {
        for (name, outcomes) in metrics.timings.sorted(by: { $0.key < $1.key }) {
            head("passerelle_\(name)_seconds", "histogram", "Told by functions, by outcome.")
            for (outcome, times) in outcomes.sorted(by: { $0.key < $1.key }) {
                histogram("passerelle_\(name)_seconds", [("outcome", outcome)], times)
            }
        }
    }

    private mutating func own(_ metrics: Metrics, connections: Int, holds: Int) {
        head("passerelle_open_connections", "gauge", "Open connections of callers.")
        line("passerelle_open_connections", [], connections)
        head("passerelle_held_calls", "gauge", "Streams and answers that are held open for events.")
        line("passerelle_held_calls", [], holds)
        head("passerelle_scheduled_calls_total", "counter", "Calls by the schedule, by outcome.")
        for (name, counts) in metrics.schedule.sorted(by: { $0.key < $1.key }) {
            line("passerelle_scheduled_calls_total", [("function", name), ("outcome", "success")], counts.succeeded)
            line("passerelle_scheduled_calls_total", [("function", name), ("outcome", "failure")], counts.failed)
        }
        head("passerelle_events_total", "counter", "Events that functions told of, alarms among them.")
        for (name, count) in metrics.events.sorted(by: { $0.key < $1.key }) {
            line("passerelle_events_total", [("event", name)], count)
        }
        for (name, value) in metrics.gauges.sorted(by: { $0.key < $1.key }) {
            head("passerelle_" + name, "gauge", "Told by a function.")
            line("passerelle_" + name, [], value)
        }
    }

    mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func line(_ name: String, _ labels: [(String, String)], _ value: some CustomStringConvertible) {
        let pairs = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        text += name + (pairs.isEmpty ? "" : "{" + pairs + "}") + " \(value)\n"
    }
}
