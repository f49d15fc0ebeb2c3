import Platform
public import Primitives

/// Gathers players and makes a snapshot file of them.
public struct SnapshotBuilder {
    private let week: Int64
    private let source: SnapshotSource
    private var ids: [PackedID] = []
    private var seen: [UInt32] = []
    private var adultFrom: [Int32] = []
    private var preferences: [UInt8] = []
    private var totals: [UInt16] = []
    private var coarse: [UInt64] = []
    private var hours: [UInt64] = []
    private var languages: [UInt64] = []
    private var games = GameTable()
    /// The game above, the entry below.
    private var entries: [UInt64] = []

    /// A snapshot of the week that begins at the second `week`; memory is set aside for that many players.
    public init(week: Int64, source: SnapshotSource, expecting count: Int) {
        self.week = week
        self.source = source
        ids.reserveCapacity(count)
        seen.reserveCapacity(count)
        adultFrom.reserveCapacity(count)
        preferences.reserveCapacity(count)
        totals.reserveCapacity(count)
        coarse.reserveCapacity(count)
        hours.reserveCapacity(count * 6)
        languages.reserveCapacity(count * PackedPreferences.languageWords)
        entries.reserveCapacity(count * 6)
    }

    /// How many players it has.
    public var count: Int { ids.count }

    /// Adds a player, whose id must be behind those of all before.
    public mutating func add(_ profile: SnapshotProfile) throws(SnapshotError) {
        let packed = PackedProfile(profile)
        guard ids.last.map({ $0 < packed.id }) ?? true else { throw .damaged }
        guard ids.count < SnapshotCounts.mostProfiles, entries.count < Int(UInt32.max) / 8 else { throw .tooLarge }
        let slot = UInt64(ids.count)
        ids.append(packed.id)
        seen.append(packed.seen)
        adultFrom.append(packed.adultFrom)
        preferences.append(packed.preferences)
        totals.append(packed.total)
        coarse.append(CoarseHours.pack(packed.hours))
        hours += packed.hours
        languages += packed.languages
        for game in packed.games {
            entries.append(UInt64(games.index(of: game.name)) << 32 | slot << 9 | UInt64(game.level))
        }
    }

    /// Writes the file at `path`, in the place of any that is there, whole or not at all.
    public func write(
        to path: String, asOf: Timestamp, position: SnapshotState.Position
    ) throws(SnapshotError) {
        try SnapshotError.carrying { () throws(SystemError) in
            let (starts, sorted) = sortedEntries()
            let names = games.bytes
            let counts = SnapshotCounts(
                profiles: ids.count, games: games.names.count, entries: sorted.count, nameBytes: names.count)
            let fresh = FreshFile(path: path)
            let file = try fresh.make(size: counts.changes)
            let mapping = try Mapping(file.descriptor, count: counts.changes, .written)
            put(counts, mapping, starts, sorted, names)
            let table = seal(counts, mapping)
            let header = SnapshotHeader(counts: counts, week: week, source: source, tableChecksum: table)
            let state = SnapshotState(
                asOf: asOf, position: position, end: UInt64(counts.changes), isRetired: false)
            try file.write(header.bytes, at: 0)
            try file.write(state.bytes, at: SnapshotCounts.state)
            try fresh.putInPlace()
        }
    }

    private func put(
        _ counts: SnapshotCounts, _ mapping: Mapping, _ starts: [UInt32], _ sorted: [UInt32], _ names: [UInt8]
    ) {
        func put<Number: BitwiseCopyable>(_ numbers: [Number], _ section: SnapshotCounts.Section) {
            unsafe numbers.withUnsafeBytes { unsafe mapping.put($0, at: counts.offset(section)) }
        }
        put(seen, .seen)
        put(ids, .ids)
        put(adultFrom, .adultFrom)
        put(preferences, .preferences)
        put(totals, .totals)
        put(coarse, .coarse)
        put(hours, .hours)
        put(languages, .languages)
        put(starts, .starts)
        put(sorted, .entries)
        put(names, .names)
    }

    /// Puts the checksums of all blocks behind them and gives the table's own.
    private func seal(_ counts: SnapshotCounts, _ mapping: Mapping) -> UInt64 {
        let sums = (0..<counts.blocks).map { Checksum.of(block: $0, of: mapping, counts) }
        unsafe sums.withUnsafeBytes { unsafe mapping.put($0, at: counts.table) }
        return unsafe Checksum.of(mapping.bytes(counts.table..<counts.changes))
    }

    /// Each game's entries together, in the order of the players, and where each game's begin.
    private func sortedEntries() -> (starts: [UInt32], entries: [UInt32]) {
        var starts = [UInt32](repeating: 0, count: games.names.count + 1)
        for entry in entries { starts[Int(entry >> 32) + 1] += 1 }
        for game in games.names.indices { starts[game + 1] += starts[game] }
        var next = starts
        var sorted = [UInt32](repeating: 0, count: entries.count)
        for entry in entries {
            let game = Int(entry >> 32)
            sorted[Int(next[game])] = UInt32(truncatingIfNeeded: entry)
            next[game] += 1
        }
        return (starts, sorted)
    }
}

extension Checksum {
    /// The checksum of one block of a snapshot's body.
    static func of(block: Int, of mapping: Mapping, _ counts: SnapshotCounts) -> UInt64 {
        let start = counts.body.lowerBound + block * SnapshotCounts.block
        let end = min(start + SnapshotCounts.block, counts.body.upperBound)
        return unsafe of(mapping.bytes(start..<end))
    }
}
