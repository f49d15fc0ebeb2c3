import Platform
import Primitives
import TestMongo

/// A clock that goes when it is told to.
final class HeldClock: WallClock {
    static let start = Timestamp(milliseconds: 1_800_000_000_000)
    private let time = Locked(start)

    var now: Timestamp { time.get() }

    func advance(seconds: Int64) {
        time.change { $0 = $0.adding(.seconds(seconds)) }
    }

    func advance(days: Int64) {
        advance(seconds: days * 86_400)
    }
}
