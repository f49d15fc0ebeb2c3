public import Primitives

/// Slows changes of availability and time zone down, so that nobody reads a stranger's week out of scores.
public enum EditBrake {
    /// How many changes are free within ``span``.
    public static let most = 5
    private static let span: Duration = .seconds(86_400)

    /// The changes that still count at `now`, of those made so far.
    public static func counted(_ edits: [Timestamp], at now: Timestamp) -> [Timestamp] {
        edits.filter { now < $0.adding(span) }.sorted()
    }

    /// Seconds until another change is free, rounded up; `nil` where it is now.
    public static func wait(after edits: [Timestamp], at now: Timestamp) -> Int64? {
        let counted = counted(edits, at: now)
        guard counted.count >= most else { return nil }
        let free = counted[counted.count - most].adding(span)
        return (free.milliseconds - now.milliseconds + 999) / 1000
    }
}
