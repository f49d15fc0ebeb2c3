import Primitives

/// When to try again: after 10 s, then twice as long each time, up to two hours; not once a day has passed.
enum Backoff {
    private static let first: Int64 = 10_000
    private static let longest: Int64 = 7_200_000
    private static let patience: Int64 = 86_400_000

    /// The instant of the attempt after that one (counted from 1); `nil` where it is time to give up.
    static func next(after attempt: Int64, firstAt: Timestamp, now: Timestamp) -> Timestamp? {
        let doublings = min(max(attempt - 1, 0), 20)
        let next = Timestamp(milliseconds: now.milliseconds + min(first << doublings, longest))
        return next.milliseconds - firstAt.milliseconds > patience ? nil : next
    }
}
