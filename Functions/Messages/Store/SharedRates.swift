import Glibc
import Platform
import Primitives

/// Until when the time of what accounts did is used up, for all of a machine's workers.
///
/// Accounts lie in rows by their ids; what is used up makes room. Where a row is full of what is not, nothing is kept.
final class SharedRates {
    /// Bytes of a row.
    static let rowSize = row * MemoryLayout<UsedTime>.stride
    private static let row = 8
    /// Their locks' places begin behind those of others in the same memory.
    private static let firstPlace = 1 << 30
    private static let mostTries = 200

    private let memory: SharedMemory
    private let start: Int
    private let rows: Int

    /// Keeps them in a part of the memory, which begins at a multiple of eight; `nil` where that is too small.
    init?(_ memory: SharedMemory, _ part: Range<Int>) {
        rows = part.count / Self.rowSize
        guard rows > 0 else { return nil }
        self.memory = memory
        start = part.lowerBound
    }

    /// Lets `body` read and change until when an account's time is used up, in milliseconds since the epoch, 0 where
    /// nothing is known; `nil`, and nothing changed, where there is no room or another process stands still in it.
    func change<Result>(_ account: UniqueID, at now: Timestamp, _ body: (inout Int64) -> Result) -> Result? {
        let words = account.words
        // Some bits of an id are the same in all of them, or in all of an hour.
        let mixed = (words.0 ^ words.1) &* 0x9E37_79B9_7F4A_7C15
        let index = Int(truncatingIfNeeded: (mixed >> 32) % UInt64(rows))
        for _ in 0..<Self.mostTries {
            if let result = memory.alone(at: Self.firstPlace + index, { change(index, words, now, body) }) {
                return result
            }
            sched_yield()
        }
        return nil
    }

    private func change<Result>(
        _ index: Int, _ account: (UInt64, UInt64), _ now: Timestamp, _ body: (inout Int64) -> Result
    ) -> Result? {
        let row = unsafe memory.mapping.numbers(
            at: start + index * Self.rowSize, count: Self.row, as: UsedTime.self)
        var free: Int?
        for place in 0..<Self.row {
            let time = unsafe row[place]
            if time.isIntact, time.account == account { return unsafe change(row, place, time, body) }
            if !time.isIntact || time.until <= now.milliseconds { free = place }
        }
        return free.map { unsafe change(row, $0, UsedTime(account: account), body) }
    }

    private func change<Result>(
        _ row: UnsafeMutableBufferPointer<UsedTime>, _ place: Int, _ time: UsedTime, _ body: (inout Int64) -> Result
    ) -> Result {
        var time = time
        let result = body(&time.until)
        time.seal()
        unsafe row[place] = time
        return result
    }
}

/// One account's, as it lies in memory: 32 bytes.
private struct UsedTime: BitwiseCopyable {
    let account: (UInt64, UInt64)
    var until: Int64 = 0
    /// Of all that stands before it: a process may have ended in the midst of writing.
    private var sum: UInt64 = 0

    init(account: (UInt64, UInt64)) {
        self.account = account
    }

    var isIntact: Bool { sum == ownSum }

    mutating func seal() {
        sum = ownSum
    }

    private var ownSum: UInt64 {
        Checksum.of([account.0, account.1, UInt64(bitPattern: until), 0, 0, 0, 0, 0])
    }
}
