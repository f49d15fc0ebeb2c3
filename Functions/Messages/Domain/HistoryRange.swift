/// Which part of a conversation is asked for: the numbers between two bounds, from one end of them.
public struct HistoryRange: Hashable, Sendable {
    /// Behind which number; `nil` for no such bound.
    public let after: Int64?
    /// Before which number; `nil` for no such bound.
    public let before: Int64?
    /// How many at most.
    public let limit: Int

    /// Takes everything as it is.
    public init(after: Int64? = nil, before: Int64? = nil, limit: Int) {
        self.after = after
        self.before = before
        self.limit = limit
    }

    /// Whether the lowest numbers are meant; the highest are otherwise.
    public var isFromBelow: Bool { after != nil }

    /// The lowest number that may be given.
    public var lowest: Int64 { (after ?? 0) &+ 1 }

    /// The highest number that may be given.
    public var highest: Int64 { (before ?? .max) - 1 }

    /// What is left to be asked for when all up to `seq`, seen from the end that is meant, were looked at, and `count`
    /// of them given.
    public func rest(behind seq: Int64, given count: Int) -> HistoryRange {
        isFromBelow
            ? HistoryRange(after: seq, before: before, limit: limit - count)
            : HistoryRange(before: seq, limit: limit - count)
    }

    /// Whether there can be anything in it.
    public var isEmpty: Bool { limit <= 0 || lowest > highest }
}
