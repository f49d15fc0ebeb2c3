import GatewayStack
import Primitives

/// A function that the gateway calls by itself: at the minutes of a cron expression, or every so often.
struct ScheduledFunction {
    /// When it is due.
    enum Rule: Equatable, Sendable {
        case minutes(CronExpression)
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

    /// The rules that a function's annotations give: `topic: cron-function` with `schedule`, and `passerelle.every`;
    /// throws for one that cannot be read.
    static func all(of entry: FunctionEntry) throws(StartFailure) -> [ScheduledFunction] {
        let annotations = entry.definition.annotations
        let path = annotations["passerelle.path"] ?? "/"
        var all: [ScheduledFunction] = []
        if annotations["topic"] == "cron-function" {
            guard let text = annotations["schedule"], let cron = CronExpression(text) else {
                throw refusal(entry, "schedule")
            }
            all.append(ScheduledFunction(entry: entry, rule: .minutes(cron), path: path))
        }
        if let text = annotations["passerelle.every"] {
            guard let interval = Quantity.milliseconds(text), interval >= 100 else {
                throw refusal(entry, "passerelle.every")
            }
            all.append(ScheduledFunction(entry: entry, rule: .every(milliseconds: interval), path: path))
        }
        return all
    }

    private static func refusal(_ entry: FunctionEntry, _ annotation: String) -> StartFailure {
        .configuration("The function \(entry.definition.name) has an annotation \(annotation) that cannot be read.")
    }
}
