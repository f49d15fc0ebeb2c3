import BSON
import Installation
import JSON
import MongoDB
import Platform
import PlayersDomain
import PlayersSnapshot
import PlayersStore
import Primitives
import Runtime

/// Makes a folder's snapshots and follows the database's changes with them: this week's, and shortly before it begins
/// the next week's.
final class SnapshotFollower {
    /// Why it has to begin anew.
    enum Interruption: Error {
        /// The collections are not there yet, or went.
        case noCollections
        /// It was told to stop.
        case stopped
    }

    let reader: SnapshotReader
    let folder: SnapshotFolder
    let source: SnapshotSource
    private let clock: any WallClock
    private let goesOn: () -> Bool
    private let changes: ChangeStream
    private(set) var position: SnapshotState.Position
    private var writers: [SnapshotWriter] = []
    /// Who changed while a file is being made.
    private var changedMeanwhile: Set<UniqueID>?
    private static let week: Int64 = 7 * 86_400
    /// Seconds before a week in which its file is made.
    private static let ahead: Int64 = 3600
    private static let batchSize = 1000

    /// Takes up the files that are there and fit, where the changes since them are still kept.
    init(
        _ reader: SnapshotReader, _ folder: SnapshotFolder, _ clock: any WallClock, _ goesOn: @escaping () -> Bool
    ) throws {
        guard let source = try SnapshotSource.present(reader.installation) else { throw Interruption.noCollections }
        self.reader = reader
        self.folder = folder
        self.clock = clock
        self.goesOn = goesOn
        self.source = source
        let week = WeekHours.monday(before: clock.now)
        let found = [week, week + Self.week].compactMap { try? SnapshotWriter(folder, week: $0, from: source) }
        let now = try reader.time()
        let oldest = found.map(\.position).min() ?? now
        if !found.isEmpty, let changes = try Self.changes(reader, from: oldest) {
            (self.changes, position, writers) = (changes, oldest, found)
        } else if let changes = try Self.changes(reader, from: now) {
            (self.changes, position) = (changes, now)
        } else {
            throw MongoError.unavailable("the server keeps no changes")
        }
    }

    /// The changes from a time on; `nil` where they are not kept any more.
    private static func changes(
        _ reader: SnapshotReader, from position: SnapshotState.Position
    ) throws(MongoError) -> ChangeStream? {
        do {
            return try ChangeStream(
                reader.installation.client, of: Installation.database,
                from: .timestamp(seconds: position.seconds, increment: position.increment),
                stages: PlayerChanges.stages)
        } catch {
            if ChangeStream.isLost(error) { return nil }
            throw error
        }
    }

    /// Makes what is missing, takes in the changes of a moment, and looks after a part of each file.
    func turn() throws {
        let now = clock.now
        let week = WeekHours.monday(before: now)
        try forgetOtherWeeks(than: week)
        if writers.first(where: { $0.week == week })?.isLong ?? true { try make(week) }
        let next = week + Self.week
        if now.seconds >= next - Self.ahead, !writers.contains(where: { $0.week == next }) { try make(next) }
        try follow(waiting: 150)
        for writer in writers { try verify(writer) }
    }

    private func forgetOtherWeeks(than week: Int64) throws {
        let others = writers.filter { $0.week != week && $0.week != week + Self.week }
        guard !others.isEmpty || writers.isEmpty else { return }
        for writer in others { try writer.retire() }
        writers.removeAll { $0.week != week && $0.week != week + Self.week }
        folder.remove(allBut: [week, week + Self.week])
    }

    private func verify(_ writer: SnapshotWriter) throws {
        do throws(SnapshotError) {
            try writer.snapshot.verifyNextBlock()
        } catch {
            Log(callID: "").write(.warning, "snapshot.damaged", JSONObject([("cause", .string("\(error)"))]))
            try make(writer.week)
        }
    }

    /// Makes a week's file from the database, while the files that are there are kept true.
    private func make(_ week: Int64) throws {
        let began = Instant.now
        let (asOf, start) = (clock.now, position)
        changedMeanwhile = []
        defer { changedMeanwhile = nil }
        let calendar = reader.calendar(week)
        var builder = SnapshotBuilder(week: week, source: source, expecting: try reader.estimatedCount())
        var last: UniqueID?
        while let page = try reader.page(after: last, calendar) {
            guard goesOn() else { throw Interruption.stopped }
            for profile in page.profiles { try builder.add(profile) }
            last = page.last
            try follow(waiting: 1)
        }
        try builder.write(to: folder.file(week: week), asOf: asOf, position: start)
        try replace(week, changed: changedMeanwhile ?? [], calendar)
        Log(callID: "").write(
            .info, "snapshot.made",
            JSONObject([
                ("players", .integer(Int64(builder.count))), ("week", .integer(week)),
                ("milliseconds", .integer(Int64(Instant.now.milliseconds(since: began)))),
            ]))
    }

    /// Goes over to the file that was just made.
    private func replace(_ week: Int64, changed: Set<UniqueID>, _ calendar: WeekCalendar) throws {
        let writer = try SnapshotWriter(folder, week: week, from: source)
        try refresh(changed, [writer])
        try writer.publish(asOf: nil, position: position)
        for former in writers where former.week == week { try former.retire() }
        writers.removeAll { $0.week == week }
        writers.append(writer)
    }

    /// Takes in the changes that come within so many milliseconds, and those that wait already.
    private func follow(waiting milliseconds: Int) throws {
        let now = clock.now
        let batch = try changes.next(waiting: milliseconds)
        let found = PlayerChanges(batch)
        guard !found.isBroken else { throw Interruption.noCollections }
        changedMeanwhile?.formUnion(found.changed.union(found.seen.keys))
        try refresh(found.changed, writers)
        for writer in writers {
            for (id, time) in found.seen { writer.see(id, at: time) }
        }
        if case .timestamp(let seconds, let increment)? = batch.end {
            position = SnapshotState.Position(seconds: seconds, increment: increment)
        }
        let isWhole = batch.changes.count < Self.batchSize
        for writer in writers { try writer.publish(asOf: isWhole ? now : nil, position: position) }
    }

    /// Reads players again and notes what they are now.
    private func refresh(_ ids: Set<UniqueID>, _ writers: [SnapshotWriter]) throws {
        let ids = Array(ids)
        for writer in writers {
            let calendar = reader.calendar(writer.week)
            for start in stride(from: 0, to: ids.count, by: Self.batchSize) {
                let part = Array(ids[start..<min(start + Self.batchSize, ids.count)])
                let profiles = try reader.profiles(part, calendar)
                let shown = Set(profiles.map(\.accountID))
                for id in part where !shown.contains(id) { writer.remove(id) }
                for profile in profiles { writer.put(profile) }
            }
        }
    }
}
