import AccountsAccess
import BSON
import Installation
import MongoDB
import PlayersDomain
import PlayersSnapshot
import PlayersStore
import Primitives
import Runtime

/// Reads from the database what snapshots are made of, over a connection of its own.
struct SnapshotReader {
    let installation: Installation
    private let players: Players
    private static let pageSize = 2000

    init(_ environment: FunctionEnvironment, _ zones: any ZoneSource) throws(SetUpFailure) {
        installation = try Installation(environment: environment, function: "match-keeper")
        players = Players(installation, try Access(installation), zones: zones)
    }

    /// A calendar of the week that begins at that second.
    func calendar(_ week: Int64) -> WeekCalendar {
        WeekCalendar(players.zones, week: week)
    }

    /// The time that the database has come to.
    func time() throws(MongoError) -> SnapshotState.Position {
        guard
            case .timestamp(let seconds, let increment)? = try installation.client.run(["hello": 1], on: "admin")[
                "operationTime"]
        else { throw .invalid("the server tells no time of its operations") }
        return SnapshotState.Position(seconds: seconds, increment: increment)
    }

    func estimatedCount() throws(MongoError) -> Int {
        try players.estimatedCount()
    }

    /// The next players behind `id` who may be shown to anyone, in the order of their ids, and the last id that was
    /// looked at; `nil` at the end.
    func page(
        after id: UniqueID?, _ calendar: WeekCalendar
    ) throws(MongoError) -> (profiles: [SnapshotProfile], last: UniqueID)? {
        let page = try players.page(after: id, limit: Self.pageSize)
        guard let last = page.last?.accountID else { return nil }
        return (try shown(page, calendar), last)
    }

    /// Those of the players who may be shown to anyone, as they are now.
    func profiles(_ ids: [UniqueID], _ calendar: WeekCalendar) throws(MongoError) -> [SnapshotProfile] {
        guard !ids.isEmpty else { return [] }
        return try shown(players.stored(ids), calendar)
    }

    private func shown(
        _ players: [StoredPlayer], _ calendar: WeekCalendar
    ) throws(MongoError) -> [SnapshotProfile] {
        var seen: [UniqueID: Timestamp] = [:]
        for presence in try self.players.access.presences(players.map(\.accountID)) where presence.isActive {
            seen[presence.id] = presence.lastSeenAt
        }
        return players.compactMap { player in
            guard let seenAt = seen[player.accountID], let adultFrom = player.adultFrom, !player.isHidden,
                !player.library.isEmpty
            else { return nil }
            return SnapshotProfile(
                accountID: player.accountID, adultFrom: adultFrom, lastSeenAt: seenAt,
                scored: player.scored(in: calendar))
        }
    }
}
