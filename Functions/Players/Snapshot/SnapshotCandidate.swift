import PlayersDomain
public import Primitives

/// A player whom a snapshot proposes, and his place among others.
public struct SnapshotCandidate: Hashable, Comparable, Sendable {
    let id: PackedID
    /// All four parts of the score.
    public let total: Int32
    /// The half hours that both have.
    public let overlap: Int32

    /// His account.
    public var accountID: UniqueID { id.id }

    init(id: PackedID, total: Int32, overlap: Int32) {
        self.id = id
        self.total = total
        self.overlap = overlap
    }

    /// The place that a player's score gives him.
    public init(_ accountID: UniqueID, _ total: Int, _ overlap: Int) {
        self.init(id: PackedID(accountID), total: Int32(total), overlap: Int32(overlap))
    }

    /// Whether `one` stands before `other`: by total, by shared time, then by account id.
    public static func < (one: SnapshotCandidate, other: SnapshotCandidate) -> Bool {
        if one.total != other.total { return one.total > other.total }
        if one.overlap != other.overlap { return one.overlap > other.overlap }
        return one.id < other.id
    }
}
