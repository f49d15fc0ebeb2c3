import Wire

/// What the gateway has counted since its start, under OpenFaaS's names where it has them.
final class Metrics {
    /// Upper bounds of the duration histogram, in seconds (the Prometheus client's defaults).
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private static let mostNames = 200
    private static let mostTimings = 10

    private(set) var functions: [String: FunctionFigures] = [:]
    private(set) var events: [String: Int] = [:]
    private(set) var gauges: [String: Int] = [:]
    /// How long something took, by its name and outcome.
    private(set) var timings: [String: [String: FunctionFigures.Calls]] = [:]
    private(set) var schedule: [String: (succeeded: Int, failed: Int)] = [:]

    /// The figures of a function, kept under its name; made where there are none yet.
    func figures(of function: String) -> FunctionFigures {
        if let figures = functions[function] { return figures }
        let figures = FunctionFigures()
        functions[function] = figures
        return figures
    }

    /// Counts a call of the schedule.
    func scheduled(_ function: String, succeeded: Bool) {
        var counts = schedule[function] ?? (0, 0)
        if succeeded { counts.succeeded += 1 } else { counts.failed += 1 }
        schedule[function] = counts
    }

    /// Takes what a function's answer says in its `passerelle-metrics` fields.
    func take(_ reply: borrowing Reply) {
        for field in reply.headers where field.name == FieldFilter.metrics { take(field.value) }
    }

    /// Takes one such field's value: `name+1` counts, `name=7` sets, `name:outcome~7` is a time in microseconds, divided
    /// by commas.
    func take(_ value: String) {
        for entry in value.split(separator: ",") {
            guard let sign = entry.firstIndex(where: { "+=~".contains($0) }),
                let number = Int(entry[entry.index(after: sign)...])
            else { continue }
            switch entry[sign] {
            case "+": count(Self.fit(entry[..<sign]), number)
            case "=": set(Self.fit(entry[..<sign]), number)
            default: time(entry[..<sign], microseconds: number)
            }
        }
    }

    private func count(_ name: String, _ number: Int) {
        if events[name] != nil || events.count < Self.mostNames { events[name, default: 0] += number }
    }

    private func set(_ name: String, _ number: Int) {
        if gauges[name] != nil || gauges.count < Self.mostNames { gauges[name] = number }
    }

    private func time(_ text: Substring, microseconds: Int) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, microseconds >= 0 else { return }
        let (name, outcome) = (Self.fit(parts[0]), Self.fit(parts[1]))
        var outcomes = timings[name] ?? [:]
        let isKnown = timings[name] != nil && outcomes[outcome] != nil
        guard isKnown || timings.count < Self.mostTimings && outcomes.count < Self.mostTimings else { return }
        outcomes[outcome, default: FunctionFigures.Calls()].add(seconds: Double(microseconds) / 1e6)
        timings[name] = outcomes
    }

    /// A name that cannot break out of its line.
    private static func fit(_ text: Substring) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}

/// What was counted of one function.
final class FunctionFigures {
    private(set) var started = 0
    private(set) var calls: [Int: Calls] = [:]

    /// The finished calls of one status.
    struct Calls {
        var count = 0
        var seconds = 0.0
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count)

        mutating func add(seconds: Double) {
            count += 1
            self.seconds += seconds
            if let bucket = Metrics.bounds.firstIndex(where: { seconds <= $0 }) { buckets[bucket] += 1 }
        }
    }

    /// Counts a call that has begun.
    func began() {
        started += 1
    }

    /// Counts a call that was answered with `status` after so many seconds.
    func ended(_ status: Int, seconds: Double) {
        var calls = self.calls.removeValue(forKey: status) ?? Calls()
        calls.add(seconds: seconds)
        self.calls[status] = calls
    }
}
