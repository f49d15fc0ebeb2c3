import Foundation

/// Waiting for what other processes do.
enum Patience {
    /// Whether `condition` came true, given plenty of time.
    static func until(_ condition: () -> Bool) -> Bool {
        for _ in 0..<6000 {
            if condition() { return true }
            usleep(20_000)
        }
        return condition()
    }
}
