/// A place in the order in which the store's changes were committed: the cluster's time and an index within it.
///
/// The same on every gateway and after every restart. Index 0 lies before the first event of its time.
public struct EventPosition: Hashable, Sendable {
    /// Seconds since 1970.
    public let seconds: UInt32
    /// Counts within the second.
    public let increment: UInt32
    /// The event's number within its time, from 1.
    public let index: UInt32

    /// Puts a position together.
    public init(seconds: UInt32, increment: UInt32, index: UInt32) {
        self.seconds = seconds
        self.increment = increment
        self.index = index
    }

    /// Reads the text form, 24 digits in base 16; `nil` for anything else.
    public init?(parsing text: String) {
        guard text.utf8.count == 24, let bytes = Hex.decode(Array(text.utf8)) else { return nil }
        func number(_ start: Int) -> UInt32 {
            bytes[start..<(start + 4)].reduce(0) { $0 << 8 | UInt32($1) }
        }
        self.init(seconds: number(0), increment: number(4), index: number(8))
    }

    /// The position behind every event of this one's time.
    public var endOfTime: EventPosition {
        EventPosition(seconds: seconds, increment: increment, index: .max)
    }
}

extension EventPosition: Comparable {
    /// Earlier first.
    public static func < (left: EventPosition, right: EventPosition) -> Bool {
        (left.seconds, left.increment, left.index) < (right.seconds, right.increment, right.index)
    }
}

extension EventPosition: CustomStringConvertible {
    /// The text form, which sorts as the positions do.
    public var description: String {
        let bytes = [seconds, increment, index].flatMap { number in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        }
        return Hex.encode(bytes)
    }
}
