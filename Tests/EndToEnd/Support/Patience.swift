import Foundation

/// Waiting for what other processes do.
enum Patience {
    /// Whether `condition` came true before that many seconds had passed.
    static func until(seconds: Int, _ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<seconds * 50 {
            if try condition() { return true }
            usleep(20_000)
        }
        return try condition()
    }
}
