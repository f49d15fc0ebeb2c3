public import Primitives

/// Counts the failures of one login; values only, the store makes each change atomic.
///
/// A try is counted by ``taking(at:)`` before anything is checked, so that parallel tries cannot slip by, and what
/// was no failure is given back afterwards: by ``givingBack()``, or by removing the whole throttle after a success.
public struct Throttle: Equatable, Sendable {
    /// How many failures in a row close a login.
    public static let failuresAllowed = 5
    /// How long the first closure lasts; each further one lasts twice as long as the one before.
    public static let firstClosure: Duration = .seconds(60)
    /// How long a closure lasts at most.
    public static let longestClosure: Duration = .seconds(15 * 60)
    /// How long after its last try a throttle is remembered.
    public static let memory: Duration = .seconds(24 * 3600)

    /// Tries counted in a row, none of them a success; 0 to ``failuresAllowed``.
    public var failures: Int
    /// How many times these failures have closed the login since its last success.
    public var closures: Int
    /// The end of the last closure, which may be past; `nil` before the first.
    public var closedUntil: Timestamp?

    /// Takes what was stored; without arguments, a login without failures.
    public init(failures: Int = 0, closures: Int = 0, closedUntil: Timestamp? = nil) {
        self.failures = failures
        self.closures = closures
        self.closedUntil = closedUntil
    }
}

extension Throttle {
    /// What becomes of a try.
    public enum Step: Equatable, Sendable {
        /// It may be checked once this throttle has taken the place of the one before.
        case check(Throttle)
        /// It is refused unchecked; another makes sense after so many seconds, at least 1.
        case refuse(retryAfterSeconds: Int64)
    }

    /// Counts a try at `now`, the last allowed one closing the login behind it.
    public func taking(at now: Timestamp) -> Step {
        if let closedUntil, now < closedUntil {
            return .refuse(retryAfterSeconds: (closedUntil.milliseconds - now.milliseconds + 999) / 1000)
        }
        var next = self
        next.failures = failures >= Self.failuresAllowed ? 1 : failures + 1
        if next.failures == Self.failuresAllowed {
            next.closedUntil = now.adding(Self.closure(after: closures))
            next.closures += 1
        }
        return .check(next)
    }

    /// The throttle without one try that proved to be no failure; opens what that try had closed.
    public func givingBack() -> Throttle {
        guard failures >= Self.failuresAllowed else {
            return Throttle(failures: max(0, failures - 1), closures: closures, closedUntil: closedUntil)
        }
        return Throttle(failures: Self.failuresAllowed - 1, closures: max(0, closures - 1))
    }

    /// How long a login stays closed that has been closed `closures` times before.
    public static func closure(after closures: Int) -> Duration {
        let doublings = min(max(0, closures), 10)
        return min(firstClosure * (1 << doublings), longestClosure)
    }
}
