import Platform
import PlayersDomain

/// One run over a snapshot for the best of those who share a game: what common games come to is summed up game by game,
/// a block of players at a time, and whoever cannot reach the best any more is passed over.
@safe struct SnapshotScan {
    private static let block = 8192
    private let snapshot: Snapshot
    private let query: SnapshotQuery
    private let requires: Bool
    private var best: BestCandidates

    init(_ snapshot: Snapshot, _ query: SnapshotQuery, count: Int) {
        self.snapshot = snapshot
        self.query = query
        requires = query.required != nil
        best = BestCandidates(count)
    }

    mutating func run() -> [SnapshotCandidate] {
        scanFile()
        scanOverlay()
        return best.sorted
    }

    /// An own game, where its entries stand, and what they add.
    private struct Run {
        var next: Int
        let end: Int
        let additions: [UInt64]
    }

    private func additions(_ game: PackedGame) -> [UInt64] {
        let additions = CommonGames.additions(beside: game)
        return game.name == query.required ? additions.map { $0 | CommonGames.required } : additions
    }

    private func runs() -> [Run] {
        let starts = unsafe snapshot.mapping.numbers(
            at: snapshot.counts.offset(.starts), count: snapshot.counts.games + 1, as: UInt32.self)
        return query.games.compactMap { game in
            guard let number = snapshot.games.known(game.name), number < snapshot.counts.games else { return nil }
            return unsafe Run(
                next: Int(starts[number]), end: min(Int(starts[number + 1]), snapshot.counts.entries),
                additions: additions(game))
        }
    }

    private mutating func scanFile() {
        var runs = runs()
        guard !runs.isEmpty else { return }
        let columns = SnapshotColumns(snapshot)
        var sums = [UInt64](repeating: 0, count: Self.block)
        var start = 0
        while start < snapshot.counts.profiles {
            let end = min(start + Self.block, snapshot.counts.profiles)
            unsafe sums.withUnsafeMutableBufferPointer { sums in
                for index in runs.indices { unsafe Self.gather(&runs[index], columns, from: start, to: end, sums) }
                for place in 0..<end - start where unsafe sums[place] != 0 {
                    unsafe judge(start + place, sums[place], columns)
                    unsafe sums[place] = 0
                }
            }
            start = end
        }
    }

    /// Adds what one game's entries of the block come to.
    private static func gather(
        _ run: inout Run, _ columns: SnapshotColumns, from start: Int, to end: Int,
        _ sums: UnsafeMutableBufferPointer<UInt64>
    ) {
        var next = run.next
        let last = run.end
        let (first, width) = (UInt32(start), UInt32(end - start))
        unsafe run.additions.withUnsafeBufferPointer { additions in
            while next < last {
                let entry = unsafe columns.entries[next]
                let place = (entry >> 9) &- first
                guard place < width else { break }
                let sum = unsafe sums[Int(place)]
                // A required game may come up once in a library, so that its mark is never added twice.
                unsafe sums[Int(place)] = sum &+ additions[Int(entry & 511)]
                next += 1
            }
        }
        run.next = next
    }

    /// Scores a player of the file, part by part, as long as he can still be among the best.
    @inline(__always)
    private mutating func judge(_ slot: Int, _ sum: UInt64, _ columns: SnapshotColumns) {
        if requires, sum & CommonGames.required == 0 { return }
        let floor = best.floor
        guard
            let base = ScoredParts(sum & ~CommonGames.required, query.total, UInt64(columns.totals(slot))).sum(
                reaching: floor - ScoredParts.mostOther)
        else { return }
        let most = mostAvailability(columns.coarse(slot))
        guard base + most + ScoredParts.mostPreferences >= floor, columns.seen(slot) >= query.seenSince,
            (columns.adultFrom(slot) <= query.today) == query.isAdult
        else { return }
        let other = base + preferences(columns.preferences(slot)) { columns.language(slot, $0) }
        guard other + most >= floor else { return }
        finish(columns.id(slot), other) { columns.hours(slot, $0) }
    }

    /// What a player's half hours can earn at most, without looking at each.
    @inline(__always)
    private func mostAvailability(_ coarse: UInt64) -> Int32 {
        var overlap = 0
        for day in 0..<7 { overlap += Int(query.shares[day * 256 + Int(coarse >> UInt64(8 * day) & 255)]) }
        return query.availability[Int(coarse >> 56 & 31) * 32 + min(CoarseHours.enough, overlap)]
    }

    private mutating func scanOverlay() {
        let overlay = snapshot.overlay
        var own: [Int: [UInt64]] = [:]
        for game in query.games {
            if let number = snapshot.games.known(game.name) { own[number] = additions(game) }
        }
        for (index, profile) in overlay.profiles.enumerated() where profile.seen >= query.seenSince {
            var sum: UInt64 = 0
            for (number, game) in zip(overlay.games[index], profile.games) {
                if let additions = own[number] { sum += additions[Int(game.level & 511)] }
            }
            guard sum & ~CommonGames.required != 0, !requires || sum & CommonGames.required != 0,
                (profile.adultFrom <= query.today) == query.isAdult,
                let base = ScoredParts(sum & ~CommonGames.required, query.total, UInt64(profile.total)).sum(
                    reaching: best.floor - ScoredParts.mostOther)
            else { continue }
            finish(profile.id, base + preferences(profile.preferences) { profile.languages[$0] }) { profile.hours[$0] }
        }
    }

    @inline(__always)
    private func preferences(_ packed: UInt8, _ language: (Int) -> UInt64) -> Int32 {
        var shared: UInt64 = 0
        for word in 0..<PackedPreferences.languageWords { shared |= language(word) & query.languages[word] }
        return query.points[Int(packed & 127)] + (shared == 0 ? 0 : PackedPreferences.sharedLanguage)
    }

    /// Adds availability and puts the player among the best where he belongs there.
    @inline(__always)
    private mutating func finish(_ id: PackedID, _ other: Int32, _ hours: (Int) -> UInt64) {
        var overlap: Int32 = 0
        var size: Int32 = 0
        for word in 0..<6 {
            overlap += Int32((hours(word) & query.hours[word]).nonzeroBitCount)
            size += Int32(hours(word).nonzeroBitCount)
        }
        let availability = query.availability[Int(min(28, size)) * 32 + Int(min(28, overlap))]
        guard id != query.own else { return }
        best.add(SnapshotCandidate(id: id, total: other + availability, overlap: overlap))
    }
}

extension Snapshot {
    /// The best players for `query`, in their order, at most `count`: all of them that are noted as of age and seen of
    /// late, whatever lies between two players left aside.
    public func best(_ query: SnapshotQuery, count: Int) -> [SnapshotCandidate] {
        var scan = SnapshotScan(self, query, count: count)
        return scan.run()
    }
}
