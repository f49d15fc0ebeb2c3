import Testing

@testable import BackupStores

/// How a long file is parted.
@Suite struct PartsTests {
    @Test(arguments: [
        (0, [0..<0]), (1, [0..<1]), (10, [0..<10]), (11, [0..<10, 10..<11]), (20, [0..<10, 10..<20]),
    ])
    func `parts lie one behind the other, and only the last one is shorter`(count: Int, ranges: [Range<Int>]) {
        #expect(Parts(of: count, length: 10).ranges == ranges)
    }

    @Test(arguments: [625 << 30, 1 << 40, 5 << 40, (5 << 40) - 1] as [Int])
    func `there are never more than a store takes, none is over 5 GiB, and nothing is left out`(count: Int) {
        let ranges = Parts(of: count, length: 64 << 20).ranges
        #expect(ranges.count <= 10_000)
        #expect(ranges.allSatisfy { $0.count <= 5 << 30 })
        #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == count)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }
}
