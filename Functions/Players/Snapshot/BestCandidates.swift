/// The best of all that were added, at most so many.
struct BestCandidates {
    private let count: Int
    private var kept: [SnapshotCandidate] = []
    /// The total that one must have to be among the best for sure or by a tie.
    private(set) var floor: Int32 = 0

    init(_ count: Int) {
        self.count = max(1, count)
        kept.reserveCapacity(2 * self.count)
    }

    mutating func add(_ candidate: SnapshotCandidate) {
        guard candidate.total >= floor else { return }
        kept.append(candidate)
        if kept.count == 2 * count { cut() }
    }

    /// The best in their order.
    var sorted: [SnapshotCandidate] {
        Array(kept.sorted().prefix(count))
    }

    private mutating func cut() {
        kept.sort()
        kept.removeLast(kept.count - count)
        floor = kept[count - 1].total
    }
}
