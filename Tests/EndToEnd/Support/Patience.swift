import Foundation

/// Waiting for what other processes do.
enum Patience {
    /// More than a busy machine needs; only what never comes is waited for as long.
    private static let limit = Duration.seconds(180)

    /// Whether `condition` came true before the patience was over.
    static func until(_ condition: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            if try condition() { return true }
            usleep(20_000)
        }
        return try condition()
    }
}
