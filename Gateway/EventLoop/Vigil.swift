import Platform

/// Decides whether the loop waits awake for a moment before it sleeps, because an answer is expected at once.
///
/// To sleep and be woken costs more than a quick worker's whole answer. A vigil that was in vain (the worker is slow,
/// or needs this very processor) makes the loop forgo the next ones, each time more of them.
struct Vigil {
    /// Nanoseconds that a vigil lasts at most.
    static let length: UInt64 = 25_000
    private static let mostForgone = 1024

    private var isExpected = false
    private var forgone = 0
    private var penalty = 1

    mutating func expect() {
        isExpected = true
    }

    /// True where the loop should stay awake now.
    mutating func begins() -> Bool {
        guard isExpected else { return false }
        isExpected = false
        guard forgone == 0 else {
            forgone -= 1
            return false
        }
        return true
    }

    mutating func ended(inVain: Bool) {
        penalty = inVain ? min(penalty * 2, Self.mostForgone) : 1
        forgone = inVain ? penalty : 0
    }
}
