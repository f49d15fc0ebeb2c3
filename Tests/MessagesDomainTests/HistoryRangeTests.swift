import MessagesDomain
import Testing

@Suite struct HistoryRangeTests {
    /// Reads a conversation of `last` messages through ranges, `batch` at a time, keeping what is not `hidden`.
    private func read(_ range: HistoryRange, of last: Int64, batch: Int, hidden: Set<Int64>) -> [Int64] {
        var range = range
        var found: [Int64] = []
        while !range.isEmpty {
            let all = (1...last).filter { (range.lowest...range.highest).contains($0) }
            let page = range.isFromBelow ? Array(all.prefix(batch)) : Array(all.suffix(batch).reversed())
            guard let end = page.last else { break }
            let shown = page.filter { !hidden.contains($0) }.prefix(range.limit)
            found += shown
            range = range.rest(behind: end, given: shown.count)
        }
        return found.sorted()
    }

    @Test func `whatever the batch, gives the same as one look at everything`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let last = Int64.random(in: 1...40, using: &random)
            let hidden = Set((1...last).filter { _ in Bool.random(using: &random) })
            let after = Bool.random(using: &random) ? Int64.random(in: 0...45, using: &random) : nil
            let before = Bool.random(using: &random) ? Int64.random(in: 1...45, using: &random) : nil
            let range = HistoryRange(after: after, before: before, limit: Int.random(in: 1...12, using: &random))
            let visible = (1...last).filter { seq in
                !hidden.contains(seq) && seq > after ?? 0 && seq < before ?? .max
            }
            let expected = after == nil ? Array(visible.suffix(range.limit)) : Array(visible.prefix(range.limit))
            for batch in [range.limit, range.limit + 5, 100] {
                #expect(read(range, of: last, batch: batch, hidden: hidden) == expected, "\(range)")
            }
        }
    }

    @Test func `bounds that leave nothing between them are empty`() {
        #expect(HistoryRange(after: 5, before: 6, limit: 10).isEmpty)
        #expect(HistoryRange(after: 9, before: 2, limit: 10).isEmpty)
        #expect(HistoryRange(before: 1, limit: 10).isEmpty)
        #expect(HistoryRange(limit: 0).isEmpty)
        #expect(!HistoryRange(after: 5, before: 7, limit: 1).isEmpty)
    }
}
