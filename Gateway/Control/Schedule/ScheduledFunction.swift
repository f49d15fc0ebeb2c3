import GatewayStack
import Primitives
import TimeZones

/// A function that the gateway calls by itself: at the minutes of a cron expression, or every so often.
struct ScheduledFunction {
    /// When it is due.
    enum Rule: Equatable, Sendable {
        case minutes(CronExpression, Zone?)
        case every(milliseconds: Int)
    }

    let entry: FunctionEntry
    let rule: Rule
    /// The path that it is called with.
    let path: String

    /// True where both call the same function by the same rule.
    func isSame(as other: ScheduledFunction) -> Bool {
        entry.definition.name == other.entry.definition.name && rule == other.rule && path == other.path
    }

    /// The rules that a function's annotations give: `topic: cron-function` with `schedule`, by the clock
    /// of `passerelle.timezone`, and `passerelle.every`;
    /// throws for one that cannot be read.
    static func all(of entry: FunctionEntry) throws(StartFailure) -> [ScheduledFunction] {
        let annotations = entry.definition.annotations
        if let fault = faults(of: entry.definition).first { throw fault }
        let path = annotations["passerelle.path"] ?? "/"
        var all: [ScheduledFunction] = []
        if let cron = cron(annotations) {
            all.append(ScheduledFunction(entry: entry, rule: .minutes(cron, zone(annotations)), path: path))
        }
        if let interval = interval(annotations) {
            all.append(ScheduledFunction(entry: entry, rule: .every(milliseconds: interval), path: path))
        }
        return all
    }

    /// What cannot be read of a function's schedule.
    static func faults(of definition: FunctionDefinition) -> [StartFailure] {
        let annotations = definition.annotations
        var names: [String] = []
        if annotations["topic"] == "cron-function", cron(annotations) == nil { names.append("schedule") }
        if annotations["passerelle.every"] != nil, interval(annotations) == nil { names.append("passerelle.every") }
        if annotations["topic"] == "cron-function", annotations[timeZone] != nil, zone(annotations) == nil {
            names.append(timeZone)
        }
        return names.map {
            .configuration("The function \(definition.name) has an annotation \($0) that cannot be read.")
        }
    }

    /// The annotation that names the place whose clock a schedule goes by.
    private static let timeZone = "passerelle.timezone"

    /// `nil` for UTC.
    private static func zone(_ annotations: [String: String]) -> Zone? {
        annotations[timeZone].flatMap { ZoneFolder().zone($0) }
    }

    private static func cron(_ annotations: [String: String]) -> CronExpression? {
        guard annotations["topic"] == "cron-function" else { return nil }
        return annotations["schedule"].flatMap { CronExpression($0) }
    }

    private static func interval(_ annotations: [String: String]) -> Int? {
        annotations["passerelle.every"].flatMap(Quantity.milliseconds).flatMap { $0 >= 100 ? $0 : nil }
    }
}
