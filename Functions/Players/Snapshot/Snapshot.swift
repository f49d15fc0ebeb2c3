import Platform

/// A week's players in a mapped file, with the changes since it was made. One thread's.
public final class Snapshot {
    /// The first second of its week.
    public let week: Int64
    let counts: SnapshotCounts
    let mapping: Mapping
    /// Last sights, of which changes are this process's own.
    let seen: Mapping
    let file: PlacedFile
    private(set) var games: GameTable
    private(set) var overlay = SnapshotOverlay()
    private var applied: Int
    /// How it stood when it was last looked at.
    public private(set) var state: SnapshotState
    private var nextBlock = 0

    /// Opens the file of a week and checks every byte of it; with a source, also that it was made from that one.
    public convenience init(
        _ folder: SnapshotFolder, week: Int64, from source: SnapshotSource? = nil
    ) throws(SnapshotError) {
        try self.init(folder, week: week, from: source, forWriting: false)
    }

    init(
        _ folder: SnapshotFolder, week: Int64, from source: SnapshotSource?, forWriting: Bool
    ) throws(SnapshotError) {
        let file = try Self.file(folder.file(week: week), forWriting)
        let first = try SnapshotError.carrying { () throws(SystemError) in try file.read(SnapshotHeader.length, at: 0) }
        let header = try SnapshotHeader(parsing: first)
        guard header.week == week, source == nil || header.source == source else { throw .foreign }
        let counts = header.counts
        let size = try SnapshotError.carrying { () throws(SystemError) in try file.size }
        guard size >= counts.changes else { throw .damaged }
        mapping = try SnapshotError.carrying { () throws(SystemError) in
            try Mapping(file.descriptor, count: counts.changes, .shared)
        }
        seen = try SnapshotError.carrying { () throws(SystemError) in
            try Mapping(file.descriptor, offset: counts.offset(.seen), count: counts.size(.seen), .own)
        }
        games = try Self.names(mapping, counts)
        state = try Self.state(of: file)
        self.week = week
        self.counts = counts
        self.file = file
        applied = counts.changes
        try verify(header)
        try refresh()
    }

    /// How many players the file was made with.
    public var count: Int { counts.profiles }

    /// Bytes of the file's unchanging part.
    public var bytes: Int { counts.changes }

    /// Whether another file has taken this one's place.
    public var isRetired: Bool { state.isRetired }

    /// Whether it still is the folder's file of its week.
    public func isInPlace(in folder: SnapshotFolder) -> Bool {
        !isRetired && file.isAt(folder.file(week: week))
    }

    /// Takes in what has changed since; throws `.damaged` where that cannot be read.
    public func refresh() throws(SnapshotError) {
        state = try Self.state(of: file)
        let end = Int(clamping: state.end)
        guard end >= applied else { throw .damaged }
        guard end > applied else { return }
        let from = applied
        let bytes = try SnapshotError.carrying { () throws(SystemError) in
            try file.read(end - from, at: from)
        }
        guard bytes.count == end - applied else { throw .damaged }
        for change in try SnapshotChange.all(in: bytes) { apply(change) }
        applied = end
    }

    /// Checks the next block of the file, all of them in turn; throws `.damaged` where it is not as it was written.
    public func verifyNextBlock() throws(SnapshotError) {
        guard counts.blocks > 0 else { return }
        nextBlock = (nextBlock + 1) % counts.blocks
        try verify(block: nextBlock)
    }

    private func verify(_ header: SnapshotHeader) throws(SnapshotError) {
        let table = unsafe Checksum.of(mapping.bytes(counts.table..<counts.changes))
        guard table == header.tableChecksum else { throw .damaged }
        for block in 0..<counts.blocks { try verify(block: block) }
    }

    private func verify(block: Int) throws(SnapshotError) {
        let noted = unsafe mapping.numbers(at: counts.table, count: counts.blocks, as: UInt64.self)[block]
        guard noted == Checksum.of(block: block, of: mapping, counts) else { throw .damaged }
    }

    private func apply(_ change: SnapshotChange) {
        switch change {
        case .put(let profile):
            setSeen(profile.id, 0)
            for game in profile.games { _ = games.index(of: game.name) }
            overlay.put(profile, games)
        case .remove(let id):
            setSeen(id, 0)
            overlay.remove(id)
        case .seen(let id, let seconds):
            if !overlay.see(id, seconds) { setSeen(id, seconds) }
        }
    }

    private func setSeen(_ id: PackedID, _ seconds: UInt32) {
        guard let slot = slot(of: id) else { return }
        let all = unsafe seen.numbers(at: 0, count: counts.profiles, as: UInt32.self)
        // Who is out of the file's part does not come back into it: his place is behind it.
        if unsafe all[slot] != 0 { unsafe all[slot] = seconds }
    }

    /// The place of an id among the file's; `nil` where it is not there.
    private func slot(of id: PackedID) -> Int? {
        let ids = unsafe mapping.numbers(at: counts.offset(.ids), count: counts.profiles, as: PackedID.self)
        var range = 0..<counts.profiles
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if unsafe ids[middle] == id { return middle }
            range = unsafe ids[middle] < id ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// When a player counts as seen last; 0 for one who is not there.
    func noted(_ id: PackedID) -> UInt32 {
        if let seen = overlay.seen(id) { return seen }
        guard let slot = slot(of: id) else { return 0 }
        return unsafe seen.numbers(at: 0, count: counts.profiles, as: UInt32.self)[slot]
    }
}

extension Snapshot {
    private static func file(_ path: String, _ forWriting: Bool) throws(SnapshotError) -> PlacedFile {
        do {
            return try PlacedFile(path: path, forWriting: forWriting)
        } catch {
            throw error.isAbsence ? .missing : .system(error)
        }
    }

    private static func names(_ mapping: Mapping, _ counts: SnapshotCounts) throws(SnapshotError) -> GameTable {
        let start = counts.offset(.names)
        let bytes = unsafe Array(mapping.bytes(start..<start + counts.nameBytes))
        return try GameTable(parsing: bytes, count: counts.games)
    }

    /// The state; read again where a write of it was just under way.
    private static func state(of file: borrowing PlacedFile) throws(SnapshotError) -> SnapshotState {
        for _ in 0..<10 {
            let bytes: [UInt8]
            do {
                bytes = try file.read(SnapshotState.length, at: SnapshotCounts.state)
            } catch {
                throw .system(error)
            }
            if let state = try? SnapshotState(parsing: bytes) { return state }
        }
        throw .damaged
    }
}
