/// The parts of a score that common games make, by the same divisions as the score's own.
struct ScoredParts {
    /// What the other parts can add.
    static let mostOther: Int32 = 4000
    /// What preferences can add.
    static let mostPreferences: Int32 = 1500
    private static let mostSkill: Int32 = 2500
    private let near: UInt64
    private let others: UInt64
    private let mine: UInt64
    private let shares: UInt64

    /// Takes what common games come to, and the sums of all weights of both sides.
    @inline(__always)
    init(_ sum: UInt64, _ ownTotal: UInt64, _ otherTotal: UInt64) {
        near = sum & 0xFFFF_FFFF
        others = sum >> 32 & 0xFFFF
        mine = sum >> 48
        shares = mine &* otherTotal &+ others &* ownTotal
    }

    /// Games and skill together; `nil` where they are below `floor`, which is found out without a division at first.
    @inline(__always)
    func sum(reaching floor: Int32) -> Int32? {
        let games = 7000 &* mine &* others
        let needed = floor - Self.mostSkill
        if needed > 0, games < UInt64(needed) &* shares { return nil }
        guard shares > 0 else { return nil }
        let sum = Int32(games / shares) + Int32(2500 &* near / (75 &* (mine &+ others)))
        return sum >= floor ? sum : nil
    }
}
