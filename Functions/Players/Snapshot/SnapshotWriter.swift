import Glibc
import Platform
public import Primitives

/// The one who appends to a snapshot's file what has changed.
public final class SnapshotWriter {
    /// The snapshot as its readers see it.
    public let snapshot: Snapshot
    private var state: SnapshotState
    private var pending: [UInt8] = []

    /// Opens the file of a week; throws where it is missing, damaged or of another source.
    public init(_ folder: SnapshotFolder, week: Int64, from source: SnapshotSource) throws(SnapshotError) {
        snapshot = try Snapshot(folder, week: week, from: source, forWriting: true)
        guard !snapshot.isRetired else { throw .missing }
        state = snapshot.state
    }

    /// The first second of its week.
    public var week: Int64 { snapshot.week }

    /// Where the database's changes go on.
    public var position: SnapshotState.Position { state.position }

    /// Whether so much has changed that the file had better be made anew.
    public var isLong: Bool {
        Int(clamping: state.end) - snapshot.bytes > 4 << 20 + snapshot.bytes / 32
    }

    /// Notes a player who is new or another than before.
    public func put(_ profile: SnapshotProfile) {
        pending += SnapshotChange.put(PackedProfile(profile)).bytes
    }

    /// Notes that a player is out; nothing where he was not in.
    public func remove(_ id: UniqueID) {
        let id = PackedID(id)
        if snapshot.noted(id) != 0 { pending += SnapshotChange.remove(id).bytes }
    }

    /// Notes that a player was seen, where that has not been noted within a day.
    public func see(_ id: UniqueID, at time: Timestamp) {
        let id = PackedID(id)
        let noted = snapshot.noted(id)
        guard noted != 0, time.seconds >= Int64(noted) else { return }
        pending += SnapshotChange.seen(id, PackedProfile.seen(time)).bytes
    }

    /// Makes what was noted count for all readers, and says up to when the snapshot is true now.
    public func publish(asOf: Timestamp?, position: SnapshotState.Position) throws(SnapshotError) {
        let (change, end) = (pending, Int(clamping: state.end))
        try SnapshotError.carrying { () throws(SystemError) in
            if !change.isEmpty { try snapshot.file.write(change, at: end) }
        }
        pending = []
        state.end += UInt64(change.count)
        if let asOf { state.asOf = max(asOf, state.asOf) }
        state.position = position
        try writeState()
        if !change.isEmpty { try snapshot.refresh() }
    }

    /// Tells readers that another file has taken this one's place.
    public func retire() throws(SnapshotError) {
        state.isRetired = true
        try writeState()
    }

    private func writeState() throws(SnapshotError) {
        let bytes = state.bytes
        try SnapshotError.carrying { () throws(SystemError) in
            try snapshot.file.write(bytes, at: SnapshotCounts.state)
        }
    }
}

extension SystemError {
    /// Whether it says that a file is not there.
    var isAbsence: Bool { number == ENOENT }
}
