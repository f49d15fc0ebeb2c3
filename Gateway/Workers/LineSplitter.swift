import Platform

/// Cuts a stream into lines of bounded length, and lets only so many through in a second.
struct LineSplitter {
    static let lineLimit = 4096
    static let burst = 200
    static let perSecond = 100

    private var partial: [UInt8] = []
    private var allowance = Self.burst
    private var refilled: Instant
    /// Lines that were not let through since the last that was.
    private(set) var dropped = 0

    init(now: Instant) {
        refilled = now
    }

    /// Hands on the lines that `bytes` complete; the end of one that is too long is left out.
    mutating func take(_ bytes: ArraySlice<UInt8>, now: Instant, _ emit: (ArraySlice<UInt8>) -> Void) {
        refill(now)
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            keep(rest[..<end])
            finish(emit)
            rest = rest[(end + 1)...]
        }
        keep(rest)
    }

    /// Hands on what stands after the last line's end.
    mutating func end(_ emit: (ArraySlice<UInt8>) -> Void) {
        if !partial.isEmpty { finish(emit) }
    }

    /// True where the next line would be let through.
    var isLetting: Bool { allowance > 0 }

    /// How many lines were dropped since this was last asked.
    mutating func takeDropped() -> Int {
        defer { dropped = 0 }
        return dropped
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        partial.append(contentsOf: bytes.prefix(Self.lineLimit - partial.count))
    }

    private mutating func finish(_ emit: (ArraySlice<UInt8>) -> Void) {
        defer { partial.removeAll(keepingCapacity: true) }
        guard !partial.isEmpty else { return }
        guard allowance > 0 else {
            dropped += 1
            return
        }
        allowance -= 1
        emit(partial[...])
    }

    private mutating func refill(_ now: Instant) {
        let earned = now.milliseconds(since: refilled) * Self.perSecond / 1000
        guard earned > 0 else { return }
        allowance = min(Self.burst, allowance + earned)
        refilled = now
    }
}
