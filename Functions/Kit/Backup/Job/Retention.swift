import Primitives

/// How many backups are kept, or for how long: `BACKUP_KEEP`.
public enum Retention: Equatable, Sendable {
    case count(Int)
    case days(Int)

    /// Reads `14` or `30d`; `nil` for anything else.
    public init?(_ text: String) {
        if text.hasSuffix("d"), let days = Int(text.dropLast()), (1...36_500).contains(days) {
            self = .days(days)
        } else if let count = Int(text), (1...100_000).contains(count) {
            self = .count(count)
        } else {
            return nil
        }
    }

    /// Those that may go: complete ones beyond what is kept, never the newest, and what a crash left of older ones.
    func expired(_ sets: [BackupSet], at now: Timestamp) -> [BackupSet] {
        let complete = sets.filter(\.isComplete)
        guard let newest = complete.last else { return [] }
        let abandoned = sets.filter { !$0.isComplete && $0.time < Self.time(days: 1, before: now) }
        switch self {
        case .count(let count): return complete.dropLast(count) + abandoned
        case .days(let days):
            let end = Self.time(days: days, before: now)
            return complete.filter { $0.time < end && $0 != newest } + abandoned
        }
    }

    private static func time(days: Int, before now: Timestamp) -> String {
        now.adding(.seconds(-86_400 * days)).description.prefix(19).filter { $0 != "-" && $0 != ":" }
    }
}
